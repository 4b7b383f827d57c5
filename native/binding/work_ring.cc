#include <algorithm>

#include "common.h"

namespace leanfuzz::binding {

namespace {

// new WorkRing(region)
class WorkRingObject : public Napi::ObjectWrap<WorkRingObject> {
 public:
  explicit WorkRingObject(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<WorkRingObject>(info), ring_(region_of(info)->region().work()) {
    keep_ = Napi::Persistent(info[0].As<Napi::Object>());
  }

  // push(owner, payload: Uint8Array): boolean. False where every item is in use.
  Napi::Value push(const Napi::CallbackInfo& info) {
    const auto payload = bytes_of(info[1], "payload");
    if (payload.ByteLength() > WorkRing::kMaxPayload) {
      throw Napi::RangeError::New(info.Env(), "a work item of " + std::to_string(payload.ByteLength()) +
                                                  " bytes, where at most " + std::to_string(WorkRing::kMaxPayload) + " fit");
    }
    return Napi::Boolean::New(info.Env(), ring_.push(number_of(info[0], "owner"), payload.Data(),
                                                     static_cast<uint32_t>(payload.ByteLength())));
  }

  // claim(owner): {index, attempts, progress, payload} | undefined
  Napi::Value claim(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const int index = ring_.claim(number_of(info[0], "owner"));
    if (index < 0) return env.Undefined();
    const WorkItem& item = ring_.item(static_cast<uint32_t>(index));
    Napi::Object result = Napi::Object::New(env);
    result.Set("index", index);
    result.Set("attempts", item.attempts.load());
    result.Set("progress", item.progress.load());
    result.Set("payload", Napi::Buffer<uint8_t>::Copy(env, item.payload, std::min(item.length, WorkRing::kMaxPayload)));
    return result;
  }

  // setProgress(index, progress): how much of a claimed item is done, for whoever may have to take it over.
  void set_progress(const Napi::CallbackInfo& info) { item(info[0]).progress.store(number_of(info[1], "progress")); }

  // finish(owner, index): boolean. False where the item is not the owner's.
  Napi::Value finish(const Napi::CallbackInfo& info) {
    item(info[1]);
    return Napi::Boolean::New(info.Env(), ring_.finish(number_of(info[0], "owner"), number_of(info[1], "index")));
  }

  // reopen(owner): number of items that became ready again.
  Napi::Value reopen(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), ring_.reopen(number_of(info[0], "owner")));
  }

  // heal(owners): number of items that nobody could have, and that are free now. For whoever pushes.
  Napi::Value heal(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), ring_.heal(number_of(info[0], "owners")));
  }

  // count(): {free, ready, taken}
  Napi::Value count(const Napi::CallbackInfo& info) {
    Napi::Object result = Napi::Object::New(info.Env());
    result.Set("free", ring_.count(kWorkFree));
    result.Set("ready", ring_.count(kWorkReady));
    result.Set("taken", ring_.count(kWorkTaken));
    return result;
  }

 private:
  WorkItem& item(const Napi::Value& value) {
    const uint32_t index = number_of(value, "index");
    if (index < ring_.capacity()) return ring_.item(index);
    throw Napi::RangeError::New(value.Env(), "work item " + std::to_string(index) + " of " + std::to_string(ring_.capacity()));
  }

  WorkRing ring_;
  Napi::ObjectReference keep_;
};

}  // namespace

Napi::Function define_work_ring(Napi::Env env) {
  using Self = WorkRingObject;
  return Self::DefineClass(
      env, "WorkRing",
      {Self::InstanceMethod<&Self::push>("push"), Self::InstanceMethod<&Self::claim>("claim"),
       Self::InstanceMethod<&Self::set_progress>("setProgress"), Self::InstanceMethod<&Self::finish>("finish"),
       Self::InstanceMethod<&Self::reopen>("reopen"), Self::InstanceMethod<&Self::heal>("heal"), Self::InstanceMethod<&Self::count>("count")});
}

}  // namespace leanfuzz::binding
