#include <cerrno>

#include "../os/futex.h"
#include "../os/memory_file.h"
#include "common.h"

namespace leanfuzz::binding {

namespace {

class FutexWait : public Napi::AsyncWorker {
 public:
  // `keep` is the region's JavaScript object: its mapping must outlive the wait.
  FutexWait(Napi::Env env, Word& word, uint32_t expected, uint32_t timeout_ms, Napi::Object keep)
      : Napi::AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        word_(word),
        expected_(expected),
        timeout_ms_(timeout_ms),
        keep_(Napi::Persistent(keep)) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { result_ = os::futex_wait(word_, expected_, timeout_ms_); }
  void OnOK() override { deferred_.Resolve(Napi::Boolean::New(Env(), result_ != os::WaitResult::kTimedOut)); }

 private:
  Napi::Promise::Deferred deferred_;
  Word& word_;
  uint32_t expected_;
  uint32_t timeout_ms_;
  Napi::ObjectReference keep_;
  os::WaitResult result_ = os::WaitResult::kTimedOut;
};

}  // namespace

// new Region(memory: Int32Array, fd: number, sizes?: number[])
// Maps the memory file `fd` over the whole of `memory`, a view of a shared WebAssembly.Memory of exactly the
// file's size. With `sizes` (RegionSizes in order) the file is new and gets formatted; without, it is checked.
RegionObject::RegionObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<RegionObject>(info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsTypedArray()) throw Napi::TypeError::New(env, "memory must be an Int32Array");
  // node-addon-api's typed arrays refuse a SharedArrayBuffer underneath, so the address comes from the C call.
  void* data = nullptr;
  size_t length = 0;
  napi_typedarray_type type;
  if (napi_get_typedarray_info(env, info[0], &type, &length, &data, nullptr, nullptr) != napi_ok ||
      type != napi_int32_array) {
    throw Napi::TypeError::New(env, "memory must be an Int32Array");
  }
  const size_t bytes = length * sizeof(int32_t);
  if (data == nullptr || reinterpret_cast<uintptr_t>(data) % kPage != 0) {
    throw Napi::Error::New(env, "memory is not page-aligned: it must come from a WebAssembly.Memory");
  }
  const int fd = info[1].As<Napi::Number>().Int32Value();
  const long file_bytes = os::file_size(fd);
  if (file_bytes < 0) throw system_error(env, "the region's descriptor " + std::to_string(fd), static_cast<int>(-file_bytes));
  if (static_cast<size_t>(file_bytes) != bytes) {
    throw Napi::RangeError::New(env, "the region has " + std::to_string(file_bytes) + " bytes, the memory " + std::to_string(bytes));
  }
  const int error = os::map_over(data, bytes, fd);
  if (error != 0) throw system_error(env, "mapping the shared region", -error);
  base_ = data;
  memory_ = Napi::Reference<Napi::Value>::New(info[0], 1);
  if (info[2].IsArray()) {
    const auto list = info[2].As<Napi::Array>();
    uint32_t values[9] = {};
    for (uint32_t i = 0; i < 9; i++) values[i] = list.Get(i).As<Napi::Number>().Uint32Value();
    Region::format(base_, {values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
                            values[8]});
  }
  if (const char* problem = Region::check(base_, bytes)) {
    throw Napi::Error::New(env, std::string("descriptor ") + std::to_string(fd) + " holds " + problem);
  }
  region_.emplace(base_);
}

Word& RegionObject::word(const Napi::Value& offset) const {
  const uint32_t at_byte = number_of(offset, "offset");
  const uint32_t total = region().total_bytes();
  if (at_byte % 4 == 0 && at_byte <= total - 4) return *at<Word>(base_, at_byte);
  throw Napi::RangeError::New(offset.Env(), "offset " + std::to_string(at_byte) + " is no word of a region of " + std::to_string(total) + " bytes");
}

// wait(offset, expected, timeoutMs): boolean. Blocks the calling thread; false after a time-out.
Napi::Value RegionObject::wait(const Napi::CallbackInfo& info) {
  const auto result = os::futex_wait(word(info[0]), number_of(info[1], "expected"), number_of(info[2], "timeout"));
  return Napi::Boolean::New(info.Env(), result != os::WaitResult::kTimedOut);
}

// waitAsync(offset, expected, timeoutMs): Promise<boolean>. Occupies a thread of libuv's pool meanwhile.
Napi::Value RegionObject::wait_async(const Napi::CallbackInfo& info) {
  auto* waiter = new FutexWait(info.Env(), word(info[0]), number_of(info[1], "expected"), number_of(info[2], "timeout"),
                               info.This().As<Napi::Object>());
  waiter->Queue();
  return waiter->promise();
}

// ring(offset): counts the bell up and wakes whoever waits for it.
void RegionObject::ring(const Napi::CallbackInfo& info) { os::ring(word(info[0])); }

// observe(features: Uint32Array, seenBefore: Uint32Array): void. See FeatureMap::observe.
Napi::Value RegionObject::observe(const Napi::CallbackInfo& info) {
  const auto features = info[0].As<Napi::Uint32Array>();
  auto seen_before = info[1].As<Napi::Uint32Array>();
  if (seen_before.ElementLength() < features.ElementLength()) {
    throw Napi::RangeError::New(info.Env(), "seenBefore is shorter than features");
  }
  region().features().observe(features.Data(), static_cast<uint32_t>(features.ElementLength()), seen_before.Data());
  return info.Env().Undefined();
}

Napi::Value RegionObject::seen(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), region().features().seen(number_of(info[0], "feature")));
}

Napi::Function RegionObject::define(Napi::Env env) {
  return DefineClass(env, "Region",
                     {InstanceMethod<&RegionObject::wait>("wait"), InstanceMethod<&RegionObject::wait_async>("waitAsync"),
                      InstanceMethod<&RegionObject::ring>("ring"), InstanceMethod<&RegionObject::observe>("observe"),
                      InstanceMethod<&RegionObject::seen>("seen")});
}

}  // namespace leanfuzz::binding
