#include "work_ring.h"

#include <cstring>

#include "../os/futex.h"
#include "checksum.h"

namespace leanfuzz {

bool WorkRing::push(uint32_t owner, const void* payload, uint32_t length) {
  const uint32_t capacity = capacity_;
  const uint32_t start = header_->tail_hint.load();
  for (uint32_t i = 0; i < capacity; i++) {
    const uint32_t index = (start + i) % capacity;
    WorkItem& candidate = item(index);
    uint32_t expected = kWorkFree;
    if (!candidate.state.compare_exchange_strong(expected, word(kWorkWriting, owner))) continue;
    candidate.attempts.store(0);
    candidate.progress.store(0);
    candidate.length = length;
    candidate.checksum = checksum(payload, length);
    memcpy(candidate.payload, payload, length);
    candidate.state.store(kWorkReady);
    header_->tail_hint.store((index + 1) % capacity);
    os::ring(header_->ready_bell);
    return true;
  }
  return false;
}

int WorkRing::claim(uint32_t owner) {
  const uint32_t capacity = capacity_;
  const uint32_t start = header_->head_hint.load();
  for (uint32_t i = 0; i < capacity; i++) {
    const uint32_t index = (start + i) % capacity;
    WorkItem& candidate = item(index);
    uint32_t expected = kWorkReady;
    if (!candidate.state.compare_exchange_strong(expected, word(kWorkTaken, owner))) continue;
    header_->head_hint.store((index + 1) % capacity);
    if (candidate.length > kMaxPayload || checksum(candidate.payload, candidate.length) != candidate.checksum) {
      candidate.state.store(kWorkFree);
      continue;
    }
    candidate.attempts.fetch_add(1);
    return static_cast<int>(index);
  }
  return -1;
}

bool WorkRing::finish(uint32_t owner, uint32_t index) {
  uint32_t expected = word(kWorkTaken, owner);
  return item(index).state.compare_exchange_strong(expected, kWorkFree);
}

uint32_t WorkRing::reopen(uint32_t owner) {
  uint32_t reopened = 0;
  for (uint32_t index = 0; index < capacity_; index++) {
    uint32_t writing = word(kWorkWriting, owner);
    item(index).state.compare_exchange_strong(writing, kWorkFree);
    uint32_t taken = word(kWorkTaken, owner);
    if (item(index).state.compare_exchange_strong(taken, kWorkReady)) reopened++;
  }
  if (reopened != 0) os::ring(header_->ready_bell);
  return reopened;
}

uint32_t WorkRing::heal(uint32_t owners) {
  uint32_t healed = 0;
  for (uint32_t index = 0; index < capacity_; index++) {
    uint32_t found = item(index).state.load();
    const uint32_t owner = found >> 8;
    const bool is_held = (found & 0xff) == kWorkTaken && owner >= 1 && owner <= owners;
    if (found == kWorkFree || found == kWorkReady || is_held) continue;
    if (item(index).state.compare_exchange_strong(found, kWorkFree)) healed++;
  }
  return healed;
}

uint32_t WorkRing::count(WorkState state) {
  uint32_t found = 0;
  for (uint32_t index = 0; index < capacity_; index++) {
    if ((item(index).state.load() & 0xff) == state) found++;
  }
  return found;
}

}  // namespace leanfuzz
