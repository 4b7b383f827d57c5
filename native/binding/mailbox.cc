#include "common.h"

namespace leanfuzz::binding {

namespace {

// new Mailbox(region, executor)
class MailboxObject : public Napi::ObjectWrap<MailboxObject> {
 public:
  explicit MailboxObject(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<MailboxObject>(info), box_(nullptr, 0, 0) {
    RegionObject* owner = region_of(info);
    box_ = owner->region().mailbox(executor_of(info, owner));
    keep_ = Napi::Persistent(info[0].As<Napi::Object>());
  }

  // ---- the worker's side

  // post(job, request: Uint8Array): boolean. False while there is no room; RangeError where there never is.
  Napi::Value post(const Napi::CallbackInfo& info) {
    const uint32_t job = number_of(info[0], "job");
    const auto request = bytes_of(info[1], "request");
    if (request.ByteLength() > box_.request_room()) {
      throw Napi::RangeError::New(info.Env(), "a request of " + std::to_string(request.ByteLength()) +
                                                  " bytes, where at most " + std::to_string(box_.request_room()) + " fit");
    }
    return Napi::Boolean::New(info.Env(), box_.post(job, request.Data(), static_cast<uint32_t>(request.ByteLength())));
  }
  // takeResponse(into: Uint8Array): number of bytes. `into` is as long as the response area.
  Napi::Value take_response(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), box_.take_response(room_of(info[0], box_.response_bytes())));
  }
  // limit(jobs, bytes): void
  void limit(const Napi::CallbackInfo& info) { box_.limit(number_of(info[0], "jobs"), number_of(info[1], "bytes")); }
  Napi::Value request_room(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), box_.request_room()); }
  Napi::Value job(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), box_.job()); }
  Napi::Value phase(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), box_.phase()); }

  // ---- the executor's side

  // waitRequest(timeoutMs): boolean
  Napi::Value wait_request(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), box_.wait_request(number_of(info[0], "timeout")));
  }
  // takeRequest(into: Uint8Array): number of bytes. `into` is as long as the request area. Throws for a damaged one.
  Napi::Value take_request(const Napi::CallbackInfo& info) {
    const int64_t length = box_.take_request(room_of(info[0], box_.request_bytes()));
    if (length < 0) throw Napi::Error::New(info.Env(), "the request in the mailbox is damaged");
    return Napi::Number::New(info.Env(), static_cast<double>(length));
  }
  // append(bytes): boolean, once there is room. False for what can never fit.
  Napi::Value append(const Napi::CallbackInfo& info) {
    const auto bytes = bytes_of(info[0], "bytes");
    return Napi::Boolean::New(info.Env(), box_.append(bytes.Data(), static_cast<uint32_t>(bytes.ByteLength())));
  }
  // appendLast(bytes): boolean, without waiting, into the room that is kept.
  Napi::Value append_last(const Napi::CallbackInfo& info) {
    const auto bytes = bytes_of(info[0], "bytes");
    return Napi::Boolean::New(info.Env(), box_.append_last(bytes.Data(), static_cast<uint32_t>(bytes.ByteLength())));
  }
  void finish(const Napi::CallbackInfo&) { box_.finish(); }
  void set_phase(const Napi::CallbackInfo& info) { box_.set_phase(number_of(info[0], "phase")); }
  // isSpent(jobs, bytes): boolean
  Napi::Value is_spent(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), box_.is_spent(number_of(info[0], "jobs"), number_of(info[1], "bytes")));
  }

 private:
  static void* room_of(const Napi::Value& value, uint32_t wanted) {
    auto into = bytes_of(value, "into");
    if (into.ByteLength() >= wanted) return into.Data();
    throw Napi::RangeError::New(value.Env(), "room for " + std::to_string(into.ByteLength()) + " bytes, where " +
                                                 std::to_string(wanted) + " may come");
  }

  MailboxView box_;
  Napi::ObjectReference keep_;
};

}  // namespace

Napi::Function define_mailbox(Napi::Env env) {
  using Self = MailboxObject;
  return Self::DefineClass(
      env, "Mailbox",
      {Self::InstanceMethod<&Self::post>("post"), Self::InstanceMethod<&Self::take_response>("takeResponse"),
       Self::InstanceMethod<&Self::limit>("limit"), Self::InstanceAccessor<&Self::request_room>("requestRoom"),
       Self::InstanceAccessor<&Self::job>("job"), Self::InstanceAccessor<&Self::phase>("phase"),
       Self::InstanceMethod<&Self::wait_request>("waitRequest"), Self::InstanceMethod<&Self::take_request>("takeRequest"),
       Self::InstanceMethod<&Self::append>("append"), Self::InstanceMethod<&Self::append_last>("appendLast"),
       Self::InstanceMethod<&Self::finish>("finish"), Self::InstanceMethod<&Self::set_phase>("setPhase"),
       Self::InstanceMethod<&Self::is_spent>("isSpent")});
}

}  // namespace leanfuzz::binding
