#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace leanfuzz {

// FNV-1a over 8-byte words. It tells torn or overwritten entries from whole ones; it is no defence
// against somebody who forges them.
inline uint32_t checksum(const void* data, size_t length) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  uint64_t hash = 0xcbf29ce484222325u ^ length;
  for (; length >= 8; bytes += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    hash = (hash ^ word) * 0x100000001b3u;
  }
  for (; length > 0; bytes++, length--) hash = (hash ^ *bytes) * 0x100000001b3u;
  return static_cast<uint32_t>(hash ^ (hash >> 32));
}

}  // namespace leanfuzz
