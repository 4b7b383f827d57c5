// How often the campaign has seen each feature, shared by all workers (AFL's virgin map, with counts).
// A feature is a 32-bit hash; two that share a slot are taken for one, which at a load of a few per cent
// costs a few novelties and never invents one.
#pragma once

#include "../layout.h"

namespace leanfuzz {

class FeatureMap {
 public:
  // `count` is a power of two.
  FeatureMap(Word* counts, uint32_t count) : counts_(counts), mask_(count - 1) {}

  // Counts every feature once and tells how often it had been seen before. Exactly one of several workers
  // that bring the same new feature at the same time gets a zero.
  void observe(const uint32_t* features, uint32_t length, uint32_t* seen_before) {
    for (uint32_t i = 0; i < length; i++) {
      Word& count = counts_[features[i] & mask_];
      const uint32_t before = count.load(std::memory_order_relaxed);
      // Saturates well below the wrap: a slot that is this common carries no news.
      seen_before[i] = before >= 0x7fffffff ? before : count.fetch_add(1);
    }
  }

  uint32_t seen(uint32_t feature) const { return counts_[feature & mask_].load(std::memory_order_relaxed); }

 private:
  Word* counts_;
  uint32_t mask_;
};

}  // namespace leanfuzz
