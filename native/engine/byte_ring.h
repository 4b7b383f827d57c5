// A ring of bytes with one writer and one reader, in two processes. Positions count bytes since the last reset; the place
// in the data is the position modulo the capacity.
//
// The writer copies first and moves `written` then, so the reader sees whole pieces; the reader copies first and
// moves `read` then, so the writer never overwrites what is being read.
#pragma once

#include <algorithm>
#include <cstring>

#include "../layout.h"

namespace leanfuzz {

class ByteRing {
 public:
  ByteRing(Counter& written, Counter& read, uint8_t* data, uint32_t capacity)
      : written_(written), read_(read), data_(data), capacity_(capacity) {}

  // Bounded: the other side may have been killed, or have run wild, at any point.
  uint32_t used() const {
    return static_cast<uint32_t>(std::min<uint64_t>(written_.load() - read_.load(), capacity_));
  }
  uint32_t room() const { return capacity_ - used(); }
  uint32_t capacity() const { return capacity_; }

  // ---- writer. Requires room; nobody sees the bytes before publish().
  void put(uint32_t offset, const void* bytes, uint32_t length) {
    const uint32_t at = place(written_.load() + offset);
    const uint32_t first = std::min(length, capacity_ - at);
    memcpy(data_ + at, bytes, first);
    memcpy(data_, static_cast<const uint8_t*>(bytes) + first, length - first);
  }
  void publish(uint32_t length) { written_.store(written_.load() + length); }

  // ---- reader. Requires offset + length <= used().
  void copy(uint32_t offset, void* into, uint32_t length) const {
    const uint32_t at = place(read_.load() + offset);
    const uint32_t first = std::min(length, capacity_ - at);
    memcpy(into, data_ + at, first);
    memcpy(static_cast<uint8_t*>(into) + first, data_, length - first);
  }
  void release(uint32_t length) { read_.store(read_.load() + length); }

  // With nobody on either side.
  void reset() {
    written_.store(0);
    read_.store(0);
  }

 private:
  uint32_t place(uint64_t position) const { return static_cast<uint32_t>(position % capacity_); }

  Counter& written_;
  Counter& read_;
  uint8_t* data_;
  uint32_t capacity_;
};

}  // namespace leanfuzz
