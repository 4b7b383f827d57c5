// Shared by all bindings. The engine reports by return values; only this layer throws.
#pragma once

#include <napi.h>

#include <cstring>
#include <optional>
#include <string>

#include "../engine/region.h"

namespace leanfuzz::binding {

// A region as JavaScript holds it: every object that points into the region keeps one alive.
class RegionObject : public Napi::ObjectWrap<RegionObject> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit RegionObject(const Napi::CallbackInfo& info);

  Region region() const { return *region_; }

 private:
  Napi::Value wait(const Napi::CallbackInfo& info);
  Napi::Value wait_async(const Napi::CallbackInfo& info);
  void ring(const Napi::CallbackInfo& info);
  Napi::Value observe(const Napi::CallbackInfo& info);
  Napi::Value seen(const Napi::CallbackInfo& info);
  Word& word(const Napi::Value& offset) const;

  void* base_ = nullptr;
  std::optional<Region> region_;
  Napi::Reference<Napi::Value> memory_;
};

Napi::Function define_log_ring(Napi::Env env);
Napi::Function define_work_ring(Napi::Env env);
Napi::Function define_mailbox(Napi::Env env);
Napi::Value serve_forks(const Napi::CallbackInfo& info);

inline Napi::Error system_error(Napi::Env env, const std::string& what, int error) {
  Napi::Error result = Napi::Error::New(env, what + ": " + strerror(error));
  result.Set("errno", Napi::Number::New(env, error));
  return result;
}

// The bytes of a Uint8Array argument.
inline Napi::Uint8Array bytes_of(const Napi::Value& value, const char* what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw Napi::TypeError::New(value.Env(), std::string(what) + " must be a Uint8Array");
  }
  return value.As<Napi::Uint8Array>();
}

inline uint32_t number_of(const Napi::Value& value, const char* what) {
  if (!value.IsNumber()) throw Napi::TypeError::New(value.Env(), std::string(what) + " must be a number");
  return value.As<Napi::Number>().Uint32Value();
}

// A constructor's (region, index) arguments, with the index checked against the region.
inline RegionObject* region_of(const Napi::CallbackInfo& info) {
  if (!info[0].IsObject()) throw Napi::TypeError::New(info.Env(), "the first argument must be a Region");
  return RegionObject::Unwrap(info[0].As<Napi::Object>());
}
inline uint32_t index_of(const Napi::CallbackInfo& info, const std::string& what, uint32_t count) {
  const uint32_t index = number_of(info[1], what.c_str());
  if (index < count) return index;
  throw Napi::RangeError::New(info.Env(), what + " " + std::to_string(index) + " of a region for " + std::to_string(count));
}
inline uint32_t worker_of(const Napi::CallbackInfo& info, RegionObject* region) {
  return index_of(info, "worker", region->region().worker_count());
}
inline uint32_t executor_of(const Napi::CallbackInfo& info, RegionObject* region) {
  return index_of(info, "executor", region->region().executor_count());
}

}  // namespace leanfuzz::binding
