// The wire format of src/util/bytes.ts: little-endian numbers; strings, byte blocks, word blocks and lists with a
// 32-bit length in front. The reader trusts nothing: once something does not fit, it gives zeros and good() is false.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace leanfuzz::lean {

class ByteWriter {
 public:
  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

  void u8(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void u32(uint32_t value) { raw(&value, sizeof value); }
  void string(std::string_view text) {
    u32(static_cast<uint32_t>(text.size()));
    raw(text.data(), text.size());
  }
  void words(const std::vector<uint32_t>& words) {
    u32(static_cast<uint32_t>(words.size()));
    raw(words.data(), words.size() * 4);
  }
  void append(const ByteWriter& other) { bytes_ += other.bytes_; }

 private:
  void raw(const void* data, size_t length) { bytes_.append(static_cast<const char*>(data), length); }

  std::string bytes_;
};

// Words as they lie among other bytes: not aligned.
struct Words {
  const uint8_t* bytes = nullptr;
  uint32_t count = 0;

  uint32_t at(uint32_t index) const {
    uint32_t word;
    memcpy(&word, bytes + size_t{index} * 4, 4);
    return word;
  }
};

class ByteReader {
 public:
  ByteReader(const void* bytes, size_t length) : at_(static_cast<const uint8_t*>(bytes)), left_(length) {}

  bool good() const { return good_; }
  size_t left() const { return left_; }

  uint8_t u8() {
    const uint8_t* from = take(1);
    return from == nullptr ? 0 : *from;
  }
  uint32_t u32() {
    const uint8_t* from = take(4);
    uint32_t value = 0;
    if (from != nullptr) memcpy(&value, from, 4);
    return value;
  }
  // A view of the bytes, not a copy.
  std::string_view string() {
    const uint32_t length = u32();
    const uint8_t* from = take(length);
    return from == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(from), length);
  }
  // A view of so many bytes.
  std::string_view bytes(size_t length) {
    const uint8_t* from = take(length);
    return from == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(from), length);
  }
  Words words() {
    const uint32_t count = u32();
    const uint8_t* from = take(size_t{count} * 4);
    return from == nullptr ? Words{} : Words{from, count};
  }
  // Calls `read` for each item of a list.
  template <typename Read>
  void list(Read read) {
    for (uint32_t count = u32(); count > 0 && good_; count--) read();
  }

 private:
  const uint8_t* take(size_t length) {
    if (!good_ || length > left_) {
      good_ = false;
      return nullptr;
    }
    const uint8_t* from = at_;
    at_ += length;
    left_ -= length;
    return from;
  }

  const uint8_t* at_;
  size_t left_;
  bool good_ = true;
};

}  // namespace leanfuzz::lean
