// Trees of files: copying one file by the cheapest way, and removing a tree whatever somebody made of it.
#pragma once

#include <cstdint>

#include <sys/types.h>

namespace leanfuzz::os {

// How the bytes of a file come into its copy.
enum class CopyMethod { kReflink, kCopyRange };

// Whether files below `folder` can share their blocks (FICLONE); tries it.
CopyMethod best_copy_method(int folder);

// Copies a regular file with its mode and its times of access and change; `to` must not exist. Falls back to plain
// reading and writing. Returns 0 or -errno; a half-made copy is removed.
int copy_file(int from_folder, const char* from, int to_folder, const char* to, CopyMethod method);

// Removes what is called `name` in `folder` with all that is below it: of any depth, and with folders that forbid to
// be read. `folder` itself lends its room to trees that are too deep. Returns 0 or -errno; 0 where there is nothing.
int remove_tree(int folder, const char* name);

// Removes all that is in the folder behind a descriptor. Returns 0 or the first -errno.
int empty_folder(int folder);

// Bytes on disk and entries below a folder; counting ends at `entry_limit`.
struct Usage {
  uint64_t bytes, entries;
};
Usage disk_usage(int folder, uint64_t entry_limit);

}  // namespace leanfuzz::os
