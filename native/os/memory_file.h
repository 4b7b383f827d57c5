// A memory file: anonymous memory that other processes map through an inherited descriptor, and that the
// kernel frees with the last of them, however they die.
#pragma once

#include <cstddef>

namespace leanfuzz::os {

// Creates a memory file of `bytes` zero bytes, which keeps its size: whoever has it mapped can rely on that. Returns its descriptor (close-on-exec), or -errno.
int create_memory_file(const char* name, size_t bytes);

// Size of the file behind `fd` in bytes, or -errno.
long file_size(int fd);

// Where at or behind `from` the file behind `fd` has data, or -errno (-ENXIO: nowhere). A hole is passed over at once.
long next_data(int fd, long from);

// Replaces the `bytes` at `address` (page-aligned, already mapped) by the file's. Returns 0 or -errno;
// after a failure the old mapping is as it was.
int map_over(void* address, size_t bytes, int fd);

// Gives pages back. Nothing happens where there are none.
void unmap(void* address, size_t bytes);

// Takes an exclusive lock on `path` (created where missing) that ends with this process.
// Returns the descriptor that holds it, or -errno (-EWOULDBLOCK: somebody else has it).
int lock_file(const char* path, bool wait);

}  // namespace leanfuzz::os
