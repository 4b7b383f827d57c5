#include "log_ring.h"

#include <cstring>

#include "checksum.h"

namespace leanfuzz {

void LogRing::format(LogRingHeader* header, uint32_t bytes, bool lossless) {
  header->capacity = (bytes - kDataAt) & ~7u;
  header->lossless = lossless ? 1 : 0;
}

bool LogRing::publish(const void* payload, uint32_t length) {
  const uint32_t capacity = header_->capacity;
  const uint32_t size = align_up(sizeof(LogEntry) + length, 8);
  const uint64_t start = header_->published.load();
  const uint32_t to_end = capacity - static_cast<uint32_t>(start % capacity);
  const uint32_t skipped = size > to_end ? to_end : 0;
  const uint64_t end = start + skipped + size;
  if (header_->lossless != 0 && end - header_->acknowledged.load() > capacity) return false;

  header_->reserved.store(end);
  // The bytes below may not become visible before `reserved` does, or a lapped reader would trust them.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (skipped != 0) memcpy(data() + start % capacity, &kLogSkip, sizeof kLogSkip);
  uint8_t* place = data() + (start + skipped) % capacity;
  const LogEntry entry{length, checksum(payload, length), header_->entries.load()};
  memcpy(place, &entry, sizeof entry);
  memcpy(place + sizeof entry, payload, length);
  header_->entries.fetch_add(1);
  header_->published.store(end);
  return true;
}

LogRing::ReadResult LogRing::read(Cursor& cursor, void* out, uint32_t room, uint32_t& length) const {
  const uint32_t capacity = header_->capacity;
  while (true) {
    const uint64_t published = header_->published.load();
    if (cursor.position >= published) return ReadResult::kNothing;
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
        if (entry.sequence > cursor.sequence) cursor.missed += entry.sequence - cursor.sequence;
        cursor.sequence = entry.sequence + 1;
        cursor.position += align_up(sizeof entry + length, 8);
        return ReadResult::kEntry;
      }
    }
    cursor.position = published;
  }
}

}  // namespace leanfuzz
