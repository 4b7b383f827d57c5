// The bytes of the template server's protocol: little endian words, and strings with a 32-bit length in front. The
// reader believes no length.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace leanfuzz::server {

class Writer {
 public:
  Writer& word(uint32_t value) { return raw(&value, sizeof value); }
  Writer& wide(uint64_t value) { return raw(&value, sizeof value); }
  Writer& text(const std::string& value) {
    word(static_cast<uint32_t>(value.size()));
    return raw(value.data(), value.size());
  }
  const std::string& bytes() const { return bytes_; }

 private:
  Writer& raw(const void* data, size_t length) {
    bytes_.append(static_cast<const char*>(data), length);
    return *this;
  }
  std::string bytes_;
};

class Reader {
 public:
  Reader(const char* data, size_t length) : data_(data), left_(length) {}

  // False once anything was missing; what is read from then on is zero or empty.
  bool good() const { return good_; }

  uint32_t word() { return number<uint32_t>(); }
  uint64_t wide() { return number<uint64_t>(); }
  std::string text() {
    const uint32_t length = word();
    if (!take(length)) return {};
    return std::string(data_ - length, length);
  }
  std::vector<std::string> texts() {
    std::vector<std::string> list;
    for (uint32_t count = word(); count > 0 && good_; count--) list.push_back(text());
    return list;
  }

 private:
  template <typename T>
  T number() {
    T value = 0;
    if (take(sizeof value)) memcpy(&value, data_ - sizeof value, sizeof value);
    return value;
  }
  bool take(size_t length) {
    if (!good_ || length > left_) return good_ = false;
    data_ += length;
    left_ -= length;
    return true;
  }

  const char* data_;
  size_t left_;
  bool good_ = true;
};

}  // namespace leanfuzz::server
