// A log with one writer and any number of readers.
//
//   data area   [ entry | entry | ... | skip ]      positions count bytes from the beginning of time;
//                 ^                 ^               position % capacity is the place in the data area
//                 reader's cursor   published
//
// Writing: `reserved` is moved past the new entry, then its bytes are written, then `published` follows.
// Reading: a reader copies the entry at its cursor and *then* looks at `reserved`. Where the writer has come
// within one lap of the cursor meanwhile, the copy may be torn: the reader throws it away and goes on at
// `published`; the next entry's sequence number tells it how many it missed. The order of those two steps is
// what makes an overwrite visible.
//
// Positions and counts are in memory that anybody may have written to. So the writer and each reader go by what they know
// themselves, and put right what says otherwise: the writer `published` and `entries`, the consumer `acknowledged`. A
// position is a multiple of 8; one that is not, or that is further away than the log is long, is not believed.
//
// A broadcast log (the corpus) overwrites its oldest entries. A lossless log (the findings) refuses to pass
// `acknowledged`, which its single consumer moves once an entry is safely stored elsewhere; the writer waits.
#pragma once

#include "../layout.h"

namespace leanfuzz {

class LogRing {
 public:
  // `lossless`: a writer may not pass `acknowledged`; else it overwrites the oldest entries.
  LogRing(LogRingHeader* header, uint32_t bytes, bool lossless)
      : header_(header), capacity_((bytes - kDataAt) & ~7u), lossless_(lossless) {}

  static constexpr uint32_t kDataAt = kCacheLine;

  // Longest payload that fits.
  uint32_t max_payload() const { return capacity_ / 2 - sizeof(LogEntry); }

  // Appends an entry. False, with the log unchanged, where a lossless log has no room yet.
  // `length` must be at most max_payload().
  bool publish(const void* payload, uint32_t length);

  struct Cursor {
    uint64_t position = 0;
    uint64_t sequence = 0;  // of the entry expected there
    uint64_t missed = 0;    // entries that were overwritten before this reader saw them
  };

  enum class ReadResult { kEntry, kNothing, kTooSmall };

  // Copies the entry at `cursor` to `out` (`room` bytes) and moves the cursor behind it.
  // kTooSmall leaves the cursor where it is and says in `length` what is needed.
  ReadResult read(Cursor& cursor, void* out, uint32_t room, uint32_t& length) const;

  // A cursor behind everything published so far, and one at the first entry that is not acknowledged.
  Cursor newest() const { return Cursor{aligned(header_->published.load()), header_->entries.load(), 0}; }
  Cursor oldest_unacknowledged() const { return Cursor{aligned(header_->acknowledged.load()), 0, 0}; }

  // The consumer of a lossless log gives everything before `position` free. It may be said again at any time.
  void acknowledge(uint64_t position) { header_->acknowledged.store(position); }

 private:
  uint8_t* data() const { return reinterpret_cast<uint8_t*>(header_) + kDataAt; }
  bool overtaken(uint64_t position) const { return header_->reserved.load() > position + capacity_; }
  static uint64_t aligned(uint64_t position) { return position & ~uint64_t{7}; }

  LogRingHeader* header_;
  uint32_t capacity_;
  bool lossless_;
  // The writer's own word for how much it has published, kept from its first entry on.
  bool writes_ = false;
  uint64_t published_ = 0, entries_ = 0;
};

}  // namespace leanfuzz
