// Runs jobs (src/api/execution.ts) on the kernel, reusing the environments of prefixes that were run before. Lean's
// environments are immutable values: a kept one is a snapshot for free.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "constants.h"
#include "coverage.h"
#include "session.h"

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

// A kept outcome: the state behind an accepted step, or why it was refused. The cache holds it, and so does the
// job that stands on it: a long job must not lose its ground to the cache's bound.
struct Outcome {
  Outcome(const Library& lean, uint64_t id, Answer answer) : lean(lean), id(id), answer(std::move(answer)) {}
  ~Outcome() {
    if (answer.state != nullptr) lean.release(answer.state);
  }
  Outcome(const Outcome&) = delete;
  Outcome& operator=(const Outcome&) = delete;

  const Library& lean;
  const uint64_t id;
  const Answer answer;
};

// Runs jobs on a session, reusing the states of prefixes that were run before.
class LevelRunner {
 public:
  // `coverage` is null where nothing is watched.
  LevelRunner(const Library& lean, Names& names, Session& session, Coverage* coverage);

  // Returns whether anything was put to Lean: all may have been run before.
  bool run(const Job& job, Events& events);

 private:
  using Held = std::shared_ptr<Outcome>;

  // Blocks that nobody had reached before, as an event of an item of the job.
  void send_firsts(uint32_t at, Events& events);
  void send_trace(Events& events);
  // The step's result into the event that is made, and what it has brought, where that is looked at.
  void write_step(const Held& before, const Outcome& outcome, uint32_t micros, bool look);
  Held take(const std::string& key);
  void keep(const std::string& key, Held outcome);
  void describe(Object environment, const Job& job, Events& events);
  void try_claim(Object state, const Job& job, const Claim& claim, Events& events);

  const Library& lean_;
  Session& session_;
  Coverage* const coverage_;
  Constants constants_;
  const Held root_;
  uint64_t next_id_ = 1;
  // The newest use stands in front.
  std::list<std::pair<std::string, Held>> uses_;
  std::unordered_map<std::string_view, std::list<std::pair<std::string, Held>>::iterator> cache_;
  ByteWriter out_;
};

}  // namespace leanfuzz::lean
