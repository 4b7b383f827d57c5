// Runs the jobs of one executor: each on the session of its level.
#pragma once

#include "level_runner.h"

namespace leanfuzz::lean {

class JobRunner {
 public:
  // Owns the base environment. Without coverage, jobs that ask for a trace get none.
  JobRunner(Kernel& kernel, Object base, Coverage* coverage);

  // From here on, source level is served, too: texts on this session, declarations on the kernel's environment of its root.
  void serve_source(Session& source);

  // Reads one job, runs it and reports. False where the bytes hold no job.
  bool run(ByteReader& from, Events& events);
  // Whether something of the last job went through the elaborator, which runs code.
  bool ran_text() const { return ran_text_; }

 private:
  Kernel& kernel_;
  Coverage* const coverage_;
  KernelSession base_;
  LevelRunner kernel_level_;
  std::unique_ptr<KernelSession> imported_;
  std::unique_ptr<LevelRunner> imported_level_, source_level_;
  bool ran_text_ = false;
};

}  // namespace leanfuzz::lean
