// Lean's objects, as lean.h lays them out in every release that is served: a header, then fields of 8 bytes, then
// scalars. A value whose lowest bit is set is a number in itself. Counts above 0 belong to one thread, below 0 are shared
// between threads, 0 is for good.
//
// Every function says whether it owns or borrows; what is returned is owned unless the comment says otherwise.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace leanfuzz::lean {

struct Header {
  int32_t count;
  uint16_t size;  // bytes of a small object: the kernel reads it when it shares the parts of theorems
  uint8_t fields;
  uint8_t tag;
};
static_assert(sizeof(Header) == 8, "Lean's object header");

using Object = Header*;

constexpr uint8_t kStringTag = 249, kBignumTag = 250;

inline bool is_scalar(Object o) { return (reinterpret_cast<uintptr_t>(o) & 1) != 0; }
inline Object box(uint64_t n) { return reinterpret_cast<Object>((n << 1) | 1); }
inline uint64_t unbox(Object o) { return reinterpret_cast<uintptr_t>(o) >> 1; }
constexpr uint64_t kMaxBoxed = ~uint64_t{0} >> 1;

// The constructor that made a value: of one without fields, the number itself.
inline uint64_t tag(Object o) { return is_scalar(o) ? unbox(o) : o->tag; }

// Borrowed.
inline Object& field(Object o, unsigned index) {
  return reinterpret_cast<Object*>(reinterpret_cast<uint8_t*>(o) + sizeof(Header))[index];
}

// A scalar behind the fields, `offset` bytes on.
inline uint8_t scalar_byte(Object o, unsigned fields, unsigned offset) {
  return *(reinterpret_cast<uint8_t*>(o) + sizeof(Header) + 8 * fields + offset);
}

inline Object retain(Object o) {
  if (is_scalar(o)) return o;
  if (o->count > 0) {
    o->count++;
  } else if (o->count < 0) {
    reinterpret_cast<std::atomic<int32_t>*>(&o->count)->fetch_sub(1, std::memory_order_relaxed);
  }
  return o;
}

// A string's bytes, without the NUL at their end: size (with it), capacity, length in characters, bytes.
inline std::string_view text_of(Object string) {
  const auto* sizes = reinterpret_cast<const uint64_t*>(reinterpret_cast<const uint8_t*>(string) + sizeof(Header));
  return {reinterpret_cast<const char*>(sizes + 3), sizes[0] - 1};
}

// Calls `visit` for each element of a borrowed list.
template <typename Visit>
void each(Object list, Visit visit) {
  for (; !is_scalar(list); list = field(list, 1)) visit(field(list, 0));
}

// Calls `visit` for each element of a borrowed array: size, capacity, elements.
template <typename Visit>
void each_element(Object array, Visit visit) {
  auto* words = reinterpret_cast<Object*>(reinterpret_cast<uint8_t*>(array) + sizeof(Header));
  for (size_t i = 0; i < reinterpret_cast<size_t>(words[0]); i++) visit(words[2 + i]);
}

inline uint32_t length_of(Object list) {
  uint32_t length = 0;
  each(list, [&](Object) { length++; });
  return length;
}

}  // namespace leanfuzz::lean
