// Which blocks of the kernel's code the campaign has reached, shared by all executors: one bit each (AFL's virgin map). A
// bit that is set stays set.
#pragma once

#include "../layout.h"

namespace leanfuzz {

class BlockMap {
 public:
  static constexpr uint32_t words(uint32_t count) { return count / 32 + (count % 32 != 0 ? 1 : 0); }

  BlockMap(Word* bits, uint32_t count) : bits_(bits), count_(count) {}

  uint32_t count() const { return count_; }

  // Marks a block as reached; true for exactly one of several that reach it first at the same time. Async-signal-safe.
  bool mark(uint32_t block) {
    Word& word = bits_[block / 32];
    const uint32_t bit = 1u << (block % 32);
    if ((word.load(std::memory_order_relaxed) & bit) != 0) return false;
    return (word.fetch_or(bit) & bit) == 0;
  }

  bool has(uint32_t block) const { return (bits_[block / 32].load(std::memory_order_relaxed) >> (block % 32) & 1) != 0; }

 private:
  Word* bits_;
  uint32_t count_;
};

}  // namespace leanfuzz
