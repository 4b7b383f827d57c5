#include "store.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "../os/tree.h"

namespace leanfuzz::server {

namespace {

std::string shared_folder(const std::string& base) { return base + "/lean-fuzz-lake-" + std::to_string(getuid()); }

// The shared folder, locked: its descriptor, or -errno. It may be removed between opening and locking; then again.
int lock_shared(const std::string& path, bool create) {
  for (;;) {
    if (create && mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return -errno;
    const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    // Another server may have removed it just now.
    if (folder < 0 && create && errno == ENOENT) continue;
    if (folder < 0) return -errno;
    struct stat mine {}, there {};
    int result = 0;
    while ((result = flock(folder, LOCK_EX)) != 0 && errno == EINTR) continue;
    if (result == 0 && fstat(folder, &mine) == 0) {
      // Whoever may write here could put links in our way.
      if (mine.st_uid != getuid() || (mine.st_mode & 0022) != 0) return close(folder), -EPERM;
      if (stat(path.c_str(), &there) == 0 && there.st_ino == mine.st_ino) return folder;
    }
    close(folder);
    if (!create) return -ENOENT;
  }
}

// Ends what still runs inside a folder whose server is dead.
void kill_inside(const std::string& folder) {
  for (bool found = true; found;) {
    found = false;
    DIR* processes = opendir("/proc");
    if (processes == nullptr) return;
    while (const dirent* entry = readdir(processes)) {
      const pid_t pid = atoi(entry->d_name);
      if (pid <= 1 || pid == getpid()) continue;
      char path[64], target[PATH_MAX];
      snprintf(path, sizeof path, "/proc/%d/cwd", pid);
      const ssize_t length = readlink(path, target, sizeof target - 1);
      if (length <= 0) continue;
      target[length] = 0;
      if (strncmp(target, (folder + "/").c_str(), folder.size() + 1) != 0) continue;
      found = kill(pid, SIGKILL) == 0 || found;
    }
    closedir(processes);
    if (found) usleep(2000);
  }
}

void clear_dead(const std::string& base) {
  const std::string path = shared_folder(base);
  const int shared = lock_shared(path, false);
  if (shared < 0) return;
  std::vector<std::string> names;
  DIR* list = opendir(path.c_str());
  while (const dirent* entry = list == nullptr ? nullptr : readdir(list)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  if (list != nullptr) closedir(list);
  for (const std::string& name : names) {
    const int folder = openat(shared, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const bool dead = folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0;
    if (dead) {
      kill_inside(path + "/" + name);
      os::remove_tree(shared, name.c_str());
    }
    if (folder >= 0) close(folder);
  }
  rmdir(path.c_str());
  close(shared);
}

uint64_t available_memory() {
  FILE* file = fopen("/proc/meminfo", "re");
  unsigned long long kib = 0;
  char line[128];
  while (file != nullptr && fgets(line, sizeof line, file) != nullptr) {
    if (sscanf(line, "MemAvailable: %llu kB", &kib) == 1) break;
  }
  if (file != nullptr) fclose(file);
  return kib * 1024;
}

bool is_in_memory(const std::string& folder) {
  struct statfs info {};
  return statfs(folder.c_str(), &info) == 0 && info.f_type == TMPFS_MAGIC;
}

// Room for what commands write besides, in bytes. Keepers end them where no more than a part of it is left: with the 64 MiB
// that containers have in /dev/shm all would be.
constexpr uint64_t kSpareBytes = 256 << 20;

bool has_room(const std::string& base, const Room& room) {
  struct statfs info {};
  if (statfs(base.c_str(), &info) != 0 || access(base.c_str(), W_OK | X_OK) != 0) return false;
  // A file system without a fixed number of entries says 0 of them.
  if (info.f_files != 0 && static_cast<uint64_t>(info.f_ffree) < room.entries) return false;
  const uint64_t free = static_cast<uint64_t>(info.f_bavail) * static_cast<uint64_t>(info.f_bsize);
  // A store in memory takes it from everybody else: at most a quarter of what is free.
  return room.bytes + kSpareBytes <= (info.f_type == TMPFS_MAGIC ? std::min(free, available_memory() / 4) : free);
}

}  // namespace

std::string Store::open(const std::vector<std::string>& bases, const Room& room) {
  for (const std::string& base : bases) clear_dead(base);
  std::string problem;
  for (const std::string& base : bases) {
    // The last one says why there is no room, when it is used.
    if (&base != &bases.back() && !has_room(base, room)) continue;
    const std::string why = open_below(base);
    if (why.empty()) return "";
    problem += (problem.empty() ? "" : "; ") + why;
  }
  return problem;
}

std::string Store::open_below(const std::string& base) {
  shared_ = shared_folder(base);
  const int shared = lock_shared(shared_, true);
  if (shared == -EPERM) return shared_ + ": is not a private folder of this user";
  if (shared < 0) return shared_ + ": " + strerror(-shared);
  // Not named by our number: another container that sees this folder may have a server of the same one.
  folder_ = shared_ + "/XXXXXX";
  std::string problem;
  if (mkdtemp(folder_.data()) != nullptr) own_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (own_ < 0 || flock(own_, LOCK_EX | LOCK_NB) != 0) problem = folder_ + ": " + strerror(errno);
  if (!problem.empty()) {
    if (own_ >= 0) close(own_);
    own_ = -1;
    rmdir(folder_.c_str());
    rmdir(shared_.c_str());
  }
  close(shared);
  in_memory_ = is_in_memory(folder_);
  return problem;
}

void Store::remove() {
  if (own_ < 0) return;
  const int shared = lock_shared(shared_, false);
  if (shared >= 0) {
    os::remove_tree(shared, folder_.substr(shared_.size() + 1).c_str());
    rmdir(shared_.c_str());
    close(shared);
  }
  close(own_);
  own_ = -1;
}

}  // namespace leanfuzz::server
