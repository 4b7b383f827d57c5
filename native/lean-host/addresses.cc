#include "addresses.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace leanfuzz::lean {

void fix_addresses() {
  const int now = personality(0xffffffff);
  // A container may forbid it; then libraries lie anywhere, and the heap, below, at its place all the same.
  if (now != -1) personality(static_cast<unsigned>(now) | ADDR_NO_RANDOMIZE);
  // Lean's allocator gives memory back by the clock, and takes it from elsewhere then.
  setenv("MIMALLOC_PURGE_DELAY", "-1", 1);
}

}  // namespace leanfuzz::lean

namespace {

// Where Lean's allocator begins with its arenas, before it adds something random, and what they are aligned to.
constexpr uint64_t kArenas = uint64_t{2} << 40, kAlignment = uint64_t{64} << 20;

std::atomic<uint64_t> next_arena{kArenas};

}  // namespace

// Takes the place of the C library's for the libraries that this program loads (exported.txt): Lean's allocator proposes
// random addresses for its arenas, and gets one arena behind the other.
extern "C" void* mmap(void* hint, size_t length, int protection, int flags, int fd, off_t offset) {
  const bool is_arena = hint != nullptr && fd == -1 && (flags & MAP_FIXED) == 0;
  if (is_arena) {
    const uint64_t size = (length + kAlignment - 1) / kAlignment * kAlignment;
    hint = reinterpret_cast<void*>(next_arena.fetch_add(size));
  }
  return reinterpret_cast<void*>(syscall(SYS_mmap, hint, length, protection, flags, fd, offset));
}
