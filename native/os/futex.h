// Waiting on a word of the shared region, across processes (so never FUTEX_PRIVATE_FLAG).
#pragma once

#include <cstdint>

#include "../layout.h"

namespace leanfuzz::os {

enum class WaitResult { kWoken, kChanged, kTimedOut, kInterrupted };

// Sleeps while `word` holds `expected`, for at most `timeout_ms`. A wake without a change is possible:
// callers loop on the value that they wait for.
WaitResult futex_wait(Word& word, uint32_t expected, uint32_t timeout_ms);

// Wakes at most `count` sleepers; returns how many woke. Async-signal-safe.
int futex_wake(Word& word, int count);

// Counts a bell up and wakes everybody who waits for it. Async-signal-safe.
inline void ring(Word& bell) {
  bell.fetch_add(1);
  futex_wake(bell, 0x7fffffff);
}

}  // namespace leanfuzz::os
