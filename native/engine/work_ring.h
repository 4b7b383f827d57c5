// Work items that survive the death of whoever works on them.
//
//            push                 claim               finish
//    free ---------> writing ---> ready ---> taken --------> free
//      ^                |           ^          |
//      +----------------+           +----------+      reopen(owner), after `owner` has died
//
// Each step is one compare-and-exchange of the item's state word, which also names the owner. There is no
// order that a dead process could stall: readers and writers scan from a hint. The items are coarse (a batch
// of candidates each), so a scan over the capacity is nothing.
#pragma once

#include "../layout.h"

namespace leanfuzz {

class WorkRing {
 public:
  WorkRing(WorkRingHeader* header, uint32_t capacity) : header_(header), capacity_(capacity) {}

  static constexpr uint32_t kItemsAt = kCacheLine;
  static constexpr uint32_t kMaxPayload = sizeof(WorkItem::payload);

  Word& ready_bell() { return header_->ready_bell; }

  // Adds an item of at most kMaxPayload bytes and rings `ready_bell`. False where no item is free.
  bool push(uint32_t owner, const void* payload, uint32_t length);

  // Takes a ready item; returns its index, or -1. An item whose checksum is wrong is freed and passed over.
  int claim(uint32_t owner);

  // The item of an index that claim() returned. Throws nothing; the index must be below the capacity.
  WorkItem& item(uint32_t index) { return *at<WorkItem>(header_, kItemsAt + index * sizeof(WorkItem)); }
  uint32_t capacity() const { return capacity_; }

  // The owner is done with the item. False where it is not the owner's.
  bool finish(uint32_t owner, uint32_t index);

  // Gives back all that a dead owner held: half-written items become free, taken ones ready again.
  // Returns how many became ready.
  uint32_t reopen(uint32_t owner);

  uint32_t count(WorkState state);

  // For whoever pushes, while nobody is pushing: frees items that nobody can have, because their state is none, or names an
  // owner that there is not. Returns how many those were.
  uint32_t heal(uint32_t owners);

 private:
  static uint32_t word(WorkState state, uint32_t owner) { return state | (owner + 1) << 8; }

  WorkRingHeader* header_;
  uint32_t capacity_;
};

}  // namespace leanfuzz
