#include "job_runner.h"

#include <algorithm>
#include <ctime>

#include "evidence.h"
#include "made.h"
#include "shapes.h"

namespace leanfuzz::lean {

namespace {

enum EventTag : uint8_t { kBegin = 1, kStep, kShapes, kClaim, kEnd, kFatal, kDeclared, kMade };
enum StepKind : uint8_t { kText, kDeclaration, kFile };
enum Level : uint8_t { kSource, kKernel };
constexpr uint8_t kStrict = 1, kReduce = 2;
// As many as two tickets have steps: what is asked again about a candidate comes behind what was handed over meanwhile.
constexpr size_t kKeptOutcomes = 1024;
constexpr size_t kHashBytes = 16;

uint64_t now_nanos() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000000 + static_cast<uint64_t>(now.tv_nsec);
}

// At least one: 0 says that nothing was run.
uint32_t micros_between(uint64_t start, uint64_t end) { return static_cast<uint32_t>((end - start) / 1000 + 1); }
uint32_t micros_since(uint64_t start) { return micros_between(start, now_nanos()); }

void write_result(ByteWriter& out, uint32_t micros, const Answer& answer) {
  out.u32(micros);
  out.u32(answer.heartbeats);
  const bool refused = answer.environment == nullptr;
  out.u8(refused ? 1 : 0);
  if (refused) {
    out.string(answer.refusal.message);
    out.string(answer.refusal.kind);
  }
  out.u8(0);  // no news: at kernel level a declaration brings what it says
}

}  // namespace

JobRunner::JobRunner(Kernel& kernel, Object base)
    : kernel_(kernel),
      constants_(kernel.lean(), kernel.names(), base),
      root_(std::make_shared<Outcome>(kernel.lean(), 0, Answer{base, {}, 0})) {}

JobRunner::Step JobRunner::read_step(ByteReader& from, std::string_view hash) {
  const uint8_t kind = from.u8();
  if (kind == kDeclaration) return {true, from.words(), hash};
  from.string();
  return {false, {}, hash};
}

JobRunner::Job JobRunner::read(ByteReader& from) {
  Job job{};
  job.is_kernel_level = from.u8() == kKernel;
  const uint8_t flags = from.u8();
  job.strict = (flags & kStrict) != 0;
  job.reduce = (flags & kReduce) != 0;
  from.list([&] {
    const std::string_view hash = from.bytes(kHashBytes);
    job.steps.push_back(read_step(from, hash));
  });
  from.list([&] {
    from.string();  // what the claim is called
    const std::string_view constant = from.string();
    job.claims.push_back({constant, read_step(from)});
  });
  from.list([&] { job.describe.push_back(from.string()); });
  from.list([&] { job.declare.push_back(from.string()); });
  from.list([&] { job.made.push_back(from.string()); });
  return job;
}

bool JobRunner::run(ByteReader& from, Events& events) {
  const Job job = read(from);
  if (!from.good()) return false;
  Held current = root_;
  std::vector<std::string> walked;
  walked.reserve(job.steps.size());
  // One look at the clock a step: where it ends, the next begins.
  uint64_t clock = now_nanos();
  for (uint32_t at = 0; at < job.steps.size(); at++) {
    events.begin(at);
    const Step& step = job.steps[at];
    std::string key(reinterpret_cast<const char*>(&current->id), sizeof current->id);
    key.push_back(step.is_declaration ? 1 : 0);
    key.append(step.hash);
    Held outcome = take(key);
    uint32_t micros = 0;
    if (outcome == nullptr) {
      outcome = std::make_shared<Outcome>(kernel_.lean(), next_id_++, apply(current->answer.environment, job, step));
      keep(key, outcome);
      const uint64_t end = now_nanos();
      micros = micros_between(clock, end);
      clock = end;
    }
    walked.push_back(std::move(key));
    out_.clear();
    out_.u8(kStep);
    write_result(out_, micros, outcome->answer);
    events.send(out_);
    if (outcome->answer.environment != nullptr) {
      current = outcome;
    } else if (job.strict) {
      return true;
    }
  }
  // Newest use in front: a prefix must outlive its extensions, which can't be reached without it.
  for (auto key = walked.rbegin(); key != walked.rend(); ++key) take(*key);
  Object environment = current->answer.environment;
  if (!job.describe.empty()) describe(environment, job, events);
  if (!job.declare.empty()) {
    out_.clear();
    out_.u8(kDeclared);
    write_declared(out_, constants_, environment, job.declare);
    events.send(out_);
  }
  if (!job.made.empty()) {
    out_.clear();
    out_.u8(kMade);
    write_made(out_, constants_, environment, job.made);
    events.send(out_);
  }
  for (uint32_t index = 0; index < job.claims.size(); index++) {
    events.begin(static_cast<uint32_t>(job.steps.size()) + index);
    try_claim(environment, job, job.claims[index], events);
  }
  return true;
}

Answer JobRunner::apply(Object environment, const Job& job, const Step& step) {
  if (!job.is_kernel_level) return {nullptr, {"source level, where this Lean runs at kernel level only", "not asked"}, 0};
  if (step.is_declaration) return kernel_.add(environment, step.words, job.strict);
  return {nullptr, {"text, where the kernel level takes declarations only", "malformed"}, 0};
}

JobRunner::Held JobRunner::take(const std::string& key) {
  const auto found = cache_.find(key);
  if (found == cache_.end()) return nullptr;
  uses_.splice(uses_.begin(), uses_, found->second);
  return found->second->second;
}

void JobRunner::keep(const std::string& key, Held outcome) {
  uses_.emplace_front(key, std::move(outcome));
  cache_.emplace(uses_.front().first, uses_.begin());
  if (uses_.size() <= kKeptOutcomes) return;
  cache_.erase(uses_.back().first);
  uses_.pop_back();
}

void JobRunner::describe(Object environment, const Job& job, Events& events) {
  std::vector<std::pair<std::string_view, Shape>> shapes;
  for (const std::string_view name : job.describe) {
    Shape shape;
    if (is_name(name) && shape_of(kernel_.lean(), constants_, environment, name, job.reduce, shape)) {
      shapes.emplace_back(name, std::move(shape));
    }
  }
  out_.clear();
  out_.u8(kShapes);
  out_.u32(static_cast<uint32_t>(shapes.size()));
  for (const auto& [name, shape] : shapes) {
    out_.string(name);
    out_.u8(static_cast<uint8_t>(shape.kind));
    out_.u32(shape.level_params);
    out_.words(shape.numbers);
  }
  events.send(out_);
}

void JobRunner::try_claim(Object environment, const Job& job, const Claim& claim, Events& events) {
  const uint64_t start = now_nanos();
  const Answer answer = apply(environment, job, claim.step);
  ByteWriter evidence;
  if (answer.environment != nullptr) {
    write_evidence(evidence, constants_, answer.environment, claim.constant);
    kernel_.lean().release(answer.environment);
  }
  out_.clear();
  out_.u8(kClaim);
  write_result(out_, micros_since(start), answer);
  out_.u8(answer.environment != nullptr ? 1 : 0);
  if (answer.environment != nullptr) out_.append(evidence);
  events.send(out_);
}

}  // namespace leanfuzz::lean
