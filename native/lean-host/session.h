// A way to run steps: straight into the kernel, or through parser and elaborator. Lean's states are immutable values: one
// that is kept is a snapshot for free.
#pragma once

#include "job.h"
#include "kernel.h"

namespace leanfuzz::lean {

// How a step is run.
struct How {
  bool unlimited;   // lifts the limit of the kernel's work, where there is one
  bool first_line;  // of what refuses it, no more than the first line is wanted
};

class Session {
 public:
  virtual ~Session() = default;
  // The state that jobs begin with; borrowed.
  virtual Object root() = 0;
  // The result of a step on a borrowed state.
  virtual Answer apply(Object state, const Step& step, How how) = 0;
  // The kernel's environment in a borrowed state, owned.
  virtual Object kernel_environment(Object state) = 0;
};

// Declarations straight into the kernel; a state is an environment.
class KernelSession : public Session {
 public:
  // Owns the environment.
  KernelSession(Kernel& kernel, Object environment) : kernel_(kernel), environment_(environment) {}

  Object root() override { return environment_; }
  Answer apply(Object state, const Step& step, How how) override {
    if (step.kind == StepKind::kDeclaration) return kernel_.add(state, step.words, how.unlimited);
    return {nullptr, {"text, where the kernel level takes declarations only", "malformed"}, 0};
  }
  Object kernel_environment(Object state) override { return retain(state); }

 private:
  Kernel& kernel_;
  const Object environment_;
};

}  // namespace leanfuzz::lean
