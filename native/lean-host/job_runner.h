// Runs jobs (src/api/execution.ts) on the kernel, reusing the environments of prefixes that were run before. Lean's
// environments are immutable values: a kept one is a snapshot for free.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "kernel.h"

namespace leanfuzz::lean {

// Receives a job's results as they come, as the bytes of src/execute/job-codec.ts, so that what was finished survives
// the death of the process.
class Events {
 public:
  virtual ~Events() = default;
  // Work on item `at` of the job (steps, then claims) begins.
  virtual void begin(uint32_t at) = 0;
  virtual void send(const ByteWriter& event) = 0;
};

// A kept outcome: the environment behind an accepted step, or why it was refused. The cache holds it, and so does the
// job that stands on it: a long job must not lose its ground to the cache's bound.
struct Outcome {
  Outcome(const Library& lean, uint64_t id, Answer answer) : lean(lean), id(id), answer(std::move(answer)) {}
  ~Outcome() {
    if (answer.environment != nullptr) lean.release(answer.environment);
  }
  Outcome(const Outcome&) = delete;
  Outcome& operator=(const Outcome&) = delete;

  const Library& lean;
  const uint64_t id;
  const Answer answer;
};

class JobRunner {
 public:
  // Owns the base environment.
  JobRunner(Kernel& kernel, Object base);

  // Reads one job, runs it and reports. False where the bytes hold no job.
  bool run(ByteReader& from, Events& events);

 private:
  using Held = std::shared_ptr<Outcome>;

  struct Step {
    bool is_declaration;
    Words words;
    std::string_view hash;  // of the content; empty for a claim
  };
  struct Claim {
    std::string_view constant;
    Step step;
  };
  struct Job {
    bool is_kernel_level, strict, reduce;
    std::vector<Step> steps;
    std::vector<Claim> claims;
    std::vector<std::string_view> describe, declare, made;
  };

  static Job read(ByteReader& from);
  static Step read_step(ByteReader& from, std::string_view hash = {});
  Answer apply(Object environment, const Job& job, const Step& step);
  Held take(const std::string& key);
  void keep(const std::string& key, Held outcome);
  void describe(Object environment, const Job& job, Events& events);
  void try_claim(Object environment, const Job& job, const Claim& claim, Events& events);

  Kernel& kernel_;
  Constants constants_;
  const Held root_;
  uint64_t next_id_ = 1;
  // The newest use stands in front.
  std::list<std::pair<std::string, Held>> uses_;
  std::unordered_map<std::string_view, std::list<std::pair<std::string, Held>>::iterator> cache_;
  ByteWriter out_;
};

}  // namespace leanfuzz::lean
