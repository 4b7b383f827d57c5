#include "job_runner.h"

namespace leanfuzz::lean {

namespace {

// Refuses all that it is asked: a Lean that reads no text.
class NoSource : public Session {
 public:
  explicit NoSource(Object environment) : environment_(environment) {}
  Object root() override { return environment_; }
  Answer apply(Object, const Step&, How) override {
    return {nullptr, {"source level, where this Lean runs at kernel level only", "not asked"}, 0};
  }
  Object kernel_environment(Object state) override { return retain(state); }

 private:
  const Object environment_;
};

}  // namespace

JobRunner::JobRunner(Kernel& kernel, Object base, Coverage* coverage)
    : kernel_(kernel),
      coverage_(coverage),
      base_(kernel, base),
      kernel_level_(kernel.lean(), kernel.names(), base_, coverage),
      source_level_(std::make_unique<LevelRunner>(kernel.lean(), kernel.names(), *new NoSource(base), coverage)) {}

void JobRunner::serve_source(Session& source) {
  imported_ = std::make_unique<KernelSession>(kernel_, source.kernel_environment(source.root()));
  imported_level_ = std::make_unique<LevelRunner>(kernel_.lean(), kernel_.names(), *imported_, coverage_);
  source_level_ = std::make_unique<LevelRunner>(kernel_.lean(), kernel_.names(), source, coverage_);
}

bool JobRunner::run(ByteReader& from, Events& events) {
  const Job job = read_job(from);
  if (!from.good()) return false;
  ran_text_ = false;
  if (!job.is_kernel_level) {
    ran_text_ = source_level_->run(job, events) && imported_level_ != nullptr;
  } else if (job.imported && imported_level_ != nullptr) {
    imported_level_->run(job, events);
  } else {
    kernel_level_.run(job, events);
  }
  return true;
}

}  // namespace leanfuzz::lean
