#include <algorithm>
#include <vector>

#include "../os/futex.h"
#include "common.h"

namespace leanfuzz::binding {

namespace {

constexpr uint32_t kFirstRoom = 64 * 1024;

// new LogRing(region, worker, 'corpus' | 'findings', from: 'oldest' | 'newest')
// One object both writes (the worker that owns the log) and reads (everybody else) through its own cursor.
class LogRingObject : public Napi::ObjectWrap<LogRingObject> {
 public:
  explicit LogRingObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<LogRingObject>(info), region_(region_of(info)->region()), ring_(ring_of(info, region_)) {
    findings_ = is_findings(info);
    cursor_ = info[3].As<Napi::String>().Utf8Value() == "newest" ? ring_.newest() : ring_.oldest_unacknowledged();
    acknowledged_ = cursor_.position;
    keep_ = Napi::Persistent(info[0].As<Napi::Object>());
  }

  // publish(payload: Uint8Array): boolean. False where a lossless log is full for now.
  Napi::Value publish(const Napi::CallbackInfo& info) {
    const auto payload = bytes_of(info[0], "payload");
    if (payload.ByteLength() > ring_.max_payload()) {
      throw Napi::RangeError::New(info.Env(), "an entry of " + std::to_string(payload.ByteLength()) +
                                                  " bytes, where at most " + std::to_string(ring_.max_payload()) + " fit");
    }
    const bool published = ring_.publish(payload.Data(), static_cast<uint32_t>(payload.ByteLength()));
    if (findings_) os::ring(region_.header().primary_bell);
    return Napi::Boolean::New(info.Env(), published);
  }

  // read(): Buffer | undefined. The next entry, as a copy.
  Napi::Value read(const Napi::CallbackInfo& info) {
    uint32_t length = 0;
    // A writer waits for what is said here, so it is said again.
    if (consumes_) ring_.acknowledge(acknowledged_);
    auto result = ring_.read(cursor_, scratch_.data(), static_cast<uint32_t>(scratch_.size()), length);
    if (result == LogRing::ReadResult::kTooSmall) {
      // Made when it is first needed: there is a log for each slot, and most slots are never used.
      scratch_.resize(std::max(length, kFirstRoom));
      result = ring_.read(cursor_, scratch_.data(), static_cast<uint32_t>(scratch_.size()), length);
    }
    if (result != LogRing::ReadResult::kEntry) return info.Env().Undefined();
    return Napi::Buffer<uint8_t>::Copy(info.Env(), scratch_.data(), length);
  }

  // acknowledge(): gives everything that this object has read free to be overwritten (lossless logs).
  void acknowledge(const Napi::CallbackInfo&) {
    consumes_ = true;
    acknowledged_ = cursor_.position;
    ring_.acknowledge(acknowledged_);
  }

  Napi::Value missed(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(cursor_.missed));
  }
  Napi::Value max_payload(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), ring_.max_payload()); }

 private:
  static bool is_findings(const Napi::CallbackInfo& info) { return info[2].As<Napi::String>().Utf8Value() == "findings"; }
  static LogRing ring_of(const Napi::CallbackInfo& info, Region& region) {
    const uint32_t worker = worker_of(info, region_of(info));
    return is_findings(info) ? region.findings(worker) : region.corpus(worker);
  }

  Region region_;
  LogRing ring_;
  LogRing::Cursor cursor_;
  std::vector<uint8_t> scratch_;
  Napi::ObjectReference keep_;
  bool findings_ = false;
  // Whether this is the consumer of a lossless log, and how far it has acknowledged.
  bool consumes_ = false;
  uint64_t acknowledged_ = 0;
};

}  // namespace

Napi::Function define_log_ring(Napi::Env env) {
  using Self = LogRingObject;
  return Self::DefineClass(env, "LogRing",
                           {Self::InstanceMethod<&Self::publish>("publish"), Self::InstanceMethod<&Self::read>("read"),
                            Self::InstanceMethod<&Self::acknowledge>("acknowledge"),
                            Self::InstanceAccessor<&Self::missed>("missed"),
                            Self::InstanceAccessor<&Self::max_payload>("maxPayload")});
}

}  // namespace leanfuzz::binding
