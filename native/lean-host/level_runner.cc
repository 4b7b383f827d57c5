#include "level_runner.h"

#include <algorithm>
#include <ctime>

#include "evidence.h"
#include "made.h"
#include "news.h"
#include "shapes.h"

namespace leanfuzz::lean {

namespace {

enum EventTag : uint8_t { kBegin = 1, kStep, kShapes, kClaim, kEnd, kFatal, kDeclared, kMade, kFirsts, kTrace };
// As many as two tickets have steps: what is asked again about a candidate comes behind what was handed over meanwhile.
constexpr size_t kKeptOutcomes = 1024;

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
  const bool refused = answer.state == nullptr;
  out.u8(refused ? 1 : 0);
  if (refused) {
    out.string(answer.refusal.message);
    out.string(answer.refusal.kind);
  }
}

}  // namespace

LevelRunner::LevelRunner(const Library& lean, Names& names, Session& session, Coverage* coverage)
    : lean_(lean),
      session_(session),
      coverage_(coverage),
      constants_(lean, names, session.kernel_environment(session.root())),
      root_(std::make_shared<Outcome>(lean, 0, Answer{retain(session.root()), {}, 0})) {}

bool LevelRunner::run(const Job& job, Events& events) {
  Held current = root_;
  bool ran = !job.claims.empty();
  // A trace is of all that the job does: nothing is taken from runs before.
  const bool traces = job.trace && coverage_ != nullptr;
  if (traces) coverage_->begin_trace();
  std::vector<std::string> walked;
  walked.reserve(job.steps.size());
  // One look at the clock a step: where it ends, the next begins.
  uint64_t clock = now_nanos();
  for (uint32_t at = 0; at < job.steps.size(); at++) {
    events.begin(at);
    const Step& step = job.steps[at];
    std::string key(reinterpret_cast<const char*>(&current->id), sizeof current->id);
    // A file may say of a text what the text alone does not.
    key.push_back(static_cast<char>(step.kind));
    key.append(step.hash);
    Held outcome = traces ? nullptr : take(key);
    uint32_t micros = 0;
    if (outcome == nullptr) {
      ran = true;
      outcome = std::make_shared<Outcome>(lean_, next_id_++, session_.apply(current->answer.state, step, {job.strict, false}));
      if (!traces) keep(key, outcome);
      const uint64_t end = now_nanos();
      micros = micros_between(clock, end);
      clock = end;
    }
    walked.push_back(std::move(key));
    out_.clear();
    write_step(current, *outcome, micros, job.look);
    events.send(out_);
    send_firsts(at, events);
    if (outcome->answer.state != nullptr) {
      current = outcome;
    } else if (job.strict) {
      if (traces) send_trace(events);
      return ran;
    }
  }
  // Newest use in front: a prefix must outlive its extensions, which can't be reached without it.
  for (auto key = walked.rbegin(); key != walked.rend(); ++key) take(*key);
  if (!job.describe.empty() || !job.declare.empty() || !job.made.empty()) {
    Object environment = session_.kernel_environment(current->answer.state);
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
    lean_.release(environment);
    send_firsts(static_cast<uint32_t>(job.steps.size()), events);
  }
  for (uint32_t index = 0; index < job.claims.size(); index++) {
    events.begin(static_cast<uint32_t>(job.steps.size()) + index);
    try_claim(current->answer.state, job, job.claims[index], events);
    send_firsts(static_cast<uint32_t>(job.steps.size()) + index, events);
  }
  if (traces) send_trace(events);
  return ran;
}

void LevelRunner::send_firsts(uint32_t at, Events& events) {
  const std::vector<uint32_t> firsts = coverage_ == nullptr ? std::vector<uint32_t>() : coverage_->take_firsts();
  if (firsts.empty()) return;
  out_.clear();
  out_.u8(kFirsts);
  out_.u32(at);
  out_.words(firsts);
  events.send(out_);
}

void LevelRunner::send_trace(Events& events) {
  out_.clear();
  out_.u8(kTrace);
  out_.words(coverage_->end_trace());
  events.send(out_);
}

void LevelRunner::write_step(const Held& before, const Outcome& outcome, uint32_t micros, bool look) {
  out_.u8(kStep);
  write_result(out_, micros, outcome.answer);
  // At kernel level a declaration brings what it says, and nobody looks.
  const bool has_news = look && outcome.answer.state != nullptr;
  out_.u8(has_news ? 1 : 0);
  if (!has_news) return;
  Object older = session_.kernel_environment(before->answer.state);
  Object newer = session_.kernel_environment(outcome.answer.state);
  write_news(out_, constants_, older, newer);
  lean_.release(older);
  lean_.release(newer);
}

LevelRunner::Held LevelRunner::take(const std::string& key) {
  const auto found = cache_.find(key);
  if (found == cache_.end()) return nullptr;
  uses_.splice(uses_.begin(), uses_, found->second);
  return found->second->second;
}

void LevelRunner::keep(const std::string& key, Held outcome) {
  uses_.emplace_front(key, std::move(outcome));
  cache_.emplace(uses_.front().first, uses_.begin());
  if (uses_.size() <= kKeptOutcomes) return;
  cache_.erase(uses_.back().first);
  uses_.pop_back();
}

void LevelRunner::describe(Object environment, const Job& job, Events& events) {
  std::vector<std::pair<std::string_view, Shape>> shapes;
  for (const std::string_view name : job.describe) {
    Shape shape;
    if (is_name(name) && shape_of(lean_, constants_, environment, name, job.reduce, shape)) {
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

void LevelRunner::try_claim(Object state, const Job& job, const Claim& claim, Events& events) {
  const uint64_t start = now_nanos();
  const Answer answer = session_.apply(state, claim.step, {job.strict, true});
  const bool accepted = answer.state != nullptr;
  ByteWriter evidence;
  if (accepted) {
    Object environment = session_.kernel_environment(answer.state);
    write_evidence(evidence, constants_, environment, claim.constant);
    lean_.release(environment);
    lean_.release(answer.state);
  }
  out_.clear();
  out_.u8(kClaim);
  write_result(out_, micros_since(start), answer);
  out_.u8(0);  // no news
  out_.u8(accepted ? 1 : 0);
  if (accepted) out_.append(evidence);
  events.send(out_);
}

}  // namespace leanfuzz::lean
