#include "log_ring.h"

#include <algorithm>
#include <cstring>

#include "checksum.h"

namespace leanfuzz {

bool LogRing::publish(const void* payload, uint32_t length) {
  if (!writes_) {
    published_ = aligned(header_->published.load());
    entries_ = std::min(header_->entries.load(), published_ / sizeof(LogEntry));
    writes_ = true;
  }
  const uint32_t size = align_up(sizeof(LogEntry) + length, 8);
  const uint64_t start = published_;
  const uint32_t to_end = capacity_ - static_cast<uint32_t>(start % capacity_);
  const uint32_t skipped = size > to_end ? to_end : 0;
  const uint64_t end = start + skipped + size;
  header_->published.store(start);
  if (lossless_ && end - header_->acknowledged.load() > capacity_) return false;

  header_->reserved.store(end);
  // The bytes below may not become visible before `reserved` does, or a lapped reader would trust them.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (skipped != 0) memcpy(data() + start % capacity_, &kLogSkip, sizeof kLogSkip);
  uint8_t* place = data() + (start + skipped) % capacity_;
  const LogEntry entry{length, checksum(payload, length), entries_};
  memcpy(place, &entry, sizeof entry);
  memcpy(place + sizeof entry, payload, length);
  header_->entries.store(++entries_);
  published_ = end;
  header_->published.store(end);
  return true;
}

LogRing::ReadResult LogRing::read(Cursor& cursor, void* out, uint32_t room, uint32_t& length) const {
  const uint32_t capacity = capacity_;
  while (true) {
    const uint64_t published = aligned(header_->published.load());
    // Never behind a reader: where it says so, it has said more than there was before.
    if (cursor.position >= published) {
      cursor.position = published;
      return ReadResult::kNothing;
    }
    if (published - cursor.position > capacity) {
      cursor.position = published;
      continue;
    }
    const uint32_t place = static_cast<uint32_t>(cursor.position % capacity);
    LogEntry entry;
    memcpy(&entry.length, data() + place, sizeof entry.length);
    if (entry.length == kLogSkip && !overtaken(cursor.position)) {
      cursor.position += capacity - place;
      continue;
    }
    // A torn length must not lead outside of the data area; an honest one never does.
    const bool inside = uint64_t{place} + sizeof entry + entry.length <= capacity;
    if (inside && entry.length > room && !overtaken(cursor.position)) {
      length = entry.length;
      return ReadResult::kTooSmall;
    }
    if (inside && entry.length <= room) {
      length = entry.length;
      memcpy(&entry, data() + place, sizeof entry);
      memcpy(out, data() + place + sizeof entry, length);
      std::atomic_thread_fence(std::memory_order_seq_cst);
      if (!overtaken(cursor.position) && entry.length == length && checksum(out, length) == entry.checksum) {
        // There can't have been more of them than bytes for them.
        const bool is_sequence = entry.sequence <= cursor.position / sizeof(LogEntry);
        if (is_sequence && entry.sequence > cursor.sequence) cursor.missed += entry.sequence - cursor.sequence;
        cursor.sequence = (is_sequence ? entry.sequence : cursor.sequence) + 1;
        cursor.position += align_up(sizeof entry + length, 8);
        return ReadResult::kEntry;
      }
    }
    cursor.position = published;
  }
}

}  // namespace leanfuzz
