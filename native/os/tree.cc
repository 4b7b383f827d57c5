#include "tree.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace leanfuzz::os {

namespace {

// Folders within folders that are followed with one open descriptor each.
constexpr int kMaxDepth = 64;

bool is_dots(const char* name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

int open_folder(int parent, const char* name) {
  const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int folder = openat(parent, name, flags);
  if (folder < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0) folder = openat(parent, name, flags);
  return folder < 0 ? -errno : folder;
}

// The names are read before anything changes: what readdir gives while entries come and go is unspecified.
std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = own < 0 ? nullptr : fdopendir(own);
  if (entries == nullptr) {
    if (own >= 0) close(own);
    return names;
  }
  while (const dirent* entry = readdir(entries)) {
    if (!is_dots(entry->d_name)) names.emplace_back(entry->d_name);
  }
  closedir(entries);
  return names;
}

class Remover {
 public:
  explicit Remover(int top) : top_(top) {}

  int remove(int parent, const char* name, int depth) {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR && errno != EPERM && errno != EACCES) return -errno;
    // Too deep: moved to the top, and removed from there later.
    if (depth >= kMaxDepth) return set_aside(parent, name);
    const int folder = open_folder(parent, name);
    if (folder < 0) return folder;
    int result = fchmod(folder, 0700) == 0 ? 0 : -errno;
    for (const std::string& entry : names_in(folder)) {
      const int one = remove(folder, entry.c_str(), depth + 1);
      if (result == 0) result = one;
    }
    close(folder);
    if (unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT && result == 0) result = -errno;
    return result;
  }

  int remove_aside() {
    int result = 0;
    while (!aside_.empty() && result == 0) {
      const std::string name = aside_.back();
      aside_.pop_back();
      result = remove(top_, name.c_str(), 0);
    }
    return result;
  }

 private:
  int set_aside(int parent, const char* name) {
    char aside[64];
    snprintf(aside, sizeof aside, ".deep-%d-%zu", getpid(), ++moved_);
    if (renameat(parent, name, top_, aside) != 0) return -errno;
    aside_.emplace_back(aside);
    return 0;
  }

  int top_;
  size_t moved_ = 0;
  std::vector<std::string> aside_;
};

int copy_bytes(int from, int to) {
  // copy_file_range can't do every pair of file systems; then bytes go through memory.
  for (bool by_kernel = true;;) {
    char buffer[65536];
    ssize_t moved;
    if (by_kernel) {
      moved = copy_file_range(from, nullptr, to, nullptr, 1 << 30, 0);
      if (moved < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) {
        by_kernel = false;
        continue;
      }
    } else {
      moved = read(from, buffer, sizeof buffer);
      for (ssize_t done = 0; moved > 0 && done < moved;) {
        const ssize_t written = write(to, buffer + done, static_cast<size_t>(moved - done));
        if (written < 0) return -errno;
        done += written;
      }
    }
    if (moved < 0) return -errno;
    if (moved == 0) return 0;
  }
}

void add_usage(int folder, uint64_t entry_limit, int depth, Usage& usage) {
  for (const std::string& name : names_in(folder)) {
    struct stat info {};
    if (usage.entries >= entry_limit || fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    usage.entries++;
    usage.bytes += static_cast<uint64_t>(info.st_blocks) * 512;
    if (!S_ISDIR(info.st_mode) || depth >= kMaxDepth) continue;
    const int below = openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (below < 0) continue;
    add_usage(below, entry_limit, depth + 1, usage);
    close(below);
  }
}

}  // namespace

CopyMethod best_copy_method(int folder) {
  const int from = openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  const int to = openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  const bool shares = from >= 0 && to >= 0 && write(from, "x", 1) == 1 && ioctl(to, FICLONE, from) == 0;
  if (from >= 0) close(from);
  if (to >= 0) close(to);
  return shares ? CopyMethod::kReflink : CopyMethod::kCopyRange;
}

int copy_file(int from_folder, const char* from, int to_folder, const char* to, CopyMethod method) {
  const int source = openat(from_folder, from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (source < 0) return -errno;
  struct stat info {};
  int result = fstat(source, &info) == 0 ? 0 : -errno;
  const int target = openat(to_folder, to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (target < 0) result = -errno;
  if (result == 0 && !(method == CopyMethod::kReflink && ioctl(target, FICLONE, source) == 0)) {
    result = copy_bytes(source, target);
  }
  const timespec times[2] = {info.st_atim, info.st_mtim};
  if (result == 0 && (fchmod(target, info.st_mode & 07777) != 0 || futimens(target, times) != 0)) result = -errno;
  if (target >= 0 && close(target) != 0 && result == 0) result = -errno;
  if (target >= 0 && result != 0) unlinkat(to_folder, to, 0);
  close(source);
  return result;
}

int remove_tree(int folder, const char* name) {
  Remover remover(folder);
  const int result = remover.remove(folder, name, 0);
  const int aside = remover.remove_aside();
  if (result == 0 || aside != 0) return aside;
  // Where something was moved away from below, a folder may have stayed that is removable now.
  return remover.remove(folder, name, 0);
}

int empty_folder(int folder) {
  int result = 0;
  for (const std::string& name : names_in(folder)) {
    const int one = remove_tree(folder, name.c_str());
    if (result == 0) result = one;
  }
  return result;
}

Usage disk_usage(int folder, uint64_t entry_limit) {
  Usage usage{0, 0};
  add_usage(folder, entry_limit, 0, usage);
  return usage;
}

}  // namespace leanfuzz::os
