#include "common.h"

namespace leanfuzz::binding {

namespace {

// new Mailbox(region, worker)
class MailboxObject : public Napi::ObjectWrap<MailboxObject> {
 public:
  explicit MailboxObject(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<MailboxObject>(info), box_(nullptr, 0, 0) {
    RegionObject* owner = region_of(info);
    box_ = owner->region().mailbox(worker_of(info, owner));
    keep_ = Napi::Persistent(info[0].As<Napi::Object>());
  }

  // ---- the worker's side

  // post(request: Uint8Array): void. Throws while an earlier request is open.
  void post(const Napi::CallbackInfo& info) {
    const auto request = bytes_of(info[0], "request");
    if (request.ByteLength() > box_.request_room()) {
      throw Napi::RangeError::New(info.Env(), "a request of " + std::to_string(request.ByteLength()) +
                                                  " bytes, where at most " + std::to_string(box_.request_room()) + " fit");
    }
    if (!box_.answered()) throw Napi::Error::New(info.Env(), "the mailbox still has an open request");
    box_.post(request.Data(), static_cast<uint32_t>(request.ByteLength()));
  }
  void abandon(const Napi::CallbackInfo&) { box_.abandon(); }
  Napi::Value answered(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), box_.answered()); }
  Napi::Value response(const Napi::CallbackInfo& info) {
    return Napi::Buffer<uint8_t>::Copy(info.Env(), box_.response(), box_.response_length());
  }
  Napi::Value progress(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), box_.progress()); }
  Napi::Value phase(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), box_.phase()); }

  // ---- the executor's side

  // waitRequest(timeoutMs): boolean
  Napi::Value wait_request(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), box_.wait_request(number_of(info[0], "timeout")));
  }
  // request(): Buffer (a copy). Throws where its checksum is wrong.
  Napi::Value request(const Napi::CallbackInfo& info) {
    if (!box_.request_intact()) throw Napi::Error::New(info.Env(), "the request in the mailbox is damaged");
    return Napi::Buffer<uint8_t>::Copy(info.Env(), box_.request(), box_.request_length());
  }
  // append(bytes): boolean. False where the response area has no room for them.
  Napi::Value append(const Napi::CallbackInfo& info) {
    const auto bytes = bytes_of(info[0], "bytes");
    return Napi::Boolean::New(info.Env(), box_.append(bytes.Data(), static_cast<uint32_t>(bytes.ByteLength())));
  }
  void finish(const Napi::CallbackInfo&) { box_.finish(); }
  void set_progress(const Napi::CallbackInfo& info) {
    box_.set_progress(number_of(info[0], "progress"), number_of(info[1], "phase"));
  }

 private:
  MailboxView box_;
  Napi::ObjectReference keep_;
};

}  // namespace

Napi::Function define_mailbox(Napi::Env env) {
  using Self = MailboxObject;
  return Self::DefineClass(
      env, "Mailbox",
      {Self::InstanceMethod<&Self::post>("post"), Self::InstanceMethod<&Self::abandon>("abandon"),
       Self::InstanceMethod<&Self::response>("response"), Self::InstanceAccessor<&Self::answered>("answered"),
       Self::InstanceAccessor<&Self::progress>("progress"), Self::InstanceAccessor<&Self::phase>("phase"),
       Self::InstanceMethod<&Self::wait_request>("waitRequest"), Self::InstanceMethod<&Self::request>("request"),
       Self::InstanceMethod<&Self::append>("append"), Self::InstanceMethod<&Self::finish>("finish"),
       Self::InstanceMethod<&Self::set_progress>("setProgress")});
}

}  // namespace leanfuzz::binding
