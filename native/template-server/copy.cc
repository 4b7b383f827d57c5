#include "copy.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace leanfuzz::server {

namespace {

// Longer than a tick of the coarse clock that stamps files (at most 10 ms).
constexpr int64_t kTicks = 25'000'000;

int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }

size_t ledger_bytes(size_t rows) { return sizeof(Ledger) + rows * sizeof(Row); }

std::string join(const std::string& folder, const char* name) { return folder.empty() ? name : folder + "/" + name; }

// Calls visit(path, stat) for what is below a folder; where that returns true for a folder, goes on below it.
template <typename Visit>
int walk(int folder, const std::string& prefix, Visit& visit) {
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* list = own < 0 ? nullptr : fdopendir(own);
  if (list == nullptr) {
    const int error = errno;
    if (own >= 0) close(own);
    return -error;
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(list)) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) names.emplace_back(entry->d_name);
  }
  closedir(list);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    struct stat info {};
    if (fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return -errno;
    const std::string path = join(prefix, name.c_str());
    const bool enter = visit(folder, name, path, info);
    if (!enter || !S_ISDIR(info.st_mode)) continue;
    const int below = openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (below < 0) return -errno;
    const int result = walk(below, path, visit);
    close(below);
    if (result != 0) return result;
  }
  return 0;
}

// The state of one restore.
class Restorer {
 public:
  Restorer(const Listing& listing, int master, int project, Ledger& ledger, os::CopyMethod method)
      : listing_(listing), master_(master), project_(project), ledger_(ledger), method_(method) {}

  int run() {
    clean_.assign(listing_.entries.size(), false);
    const auto visit = [this](int folder, const std::string& name, const std::string& path, const struct stat& info) {
      return keep(folder, name, path, info);
    };
    int result = walk(project_, "", visit);
    for (size_t i = 0; i < listing_.entries.size() && result == 0; i++) {
      if (!clean_[i]) result = make(i);
      if (result != 0) snprintf(ledger_.error_path, sizeof ledger_.error_path, "%s", listing_.entries[i].path.c_str());
    }
    return result;
  }

 private:
  // Keeps what is as it was and removes everything else; true where the walk is to go on below.
  bool keep(int folder, const std::string& name, const std::string& path, const struct stat& info) {
    const auto found = listing_.index.find(path);
    if (found != listing_.index.end()) {
      const size_t index = found->second;
      const Entry& entry = listing_.entries[index];
      const bool both_folders = S_ISDIR(entry.mode) && S_ISDIR(info.st_mode);
      // A folder changes with its entries, which are looked at one by one.
      if (both_folders && entry.mode != info.st_mode && fchmodat(folder, name.c_str(), entry.mode & 07777, 0) == 0) {
        ledger_.journal_entries++;
      }
      if (both_folders || is_clean(ledger_.rows[index], info)) {
        clean_[index] = true;
        return true;
      }
    } else {
      ledger_.journal_entries++;
    }
    // An entry that can't be removed is found again as EEXIST by make(), or is left over and found by the next walk.
    const int result = os::remove_tree(folder, name.c_str());
    if (result != 0) ledger_.error = result;
    return false;
  }

  bool is_clean(const Row& row, const struct stat& info) const {
    return row.written != 0 && row.inode == info.st_ino && row.mode == info.st_mode &&
           row.size == static_cast<uint64_t>(info.st_size) && row.modified == nanoseconds(info.st_mtim) &&
           row.changed == nanoseconds(info.st_ctim) && row.changed + kTicks < ledger_.handed_out;
  }

  int make(size_t index) {
    ledger_.journal_entries++;
    const Entry& entry = listing_.entries[index];
    const char* path = entry.path.c_str();
    int result = 0;
    if (S_ISDIR(entry.mode)) {
      if (mkdirat(project_, path, entry.mode & 07777) != 0) result = -errno;
    } else if (S_ISLNK(entry.mode)) {
      if (symlinkat(entry.link_target.c_str(), project_, path) != 0) result = -errno;
    } else {
      result = os::copy_file(master_, path, project_, path, method_);
    }
    struct stat info {};
    if (result == 0 && fstatat(project_, path, &info, AT_SYMLINK_NOFOLLOW) != 0) result = -errno;
    if (result != 0) return result;
    ledger_.rows[index] = {info.st_ino,
                           static_cast<uint64_t>(info.st_size),
                           nanoseconds(info.st_mtim),
                           nanoseconds(info.st_ctim),
                           info.st_mode,
                           1};
    return 0;
  }

  const Listing& listing_;
  const int master_, project_;
  Ledger& ledger_;
  const os::CopyMethod method_;
  std::vector<bool> clean_;
};

// The folder `name`, made where it is missing, and made anew where it is none.
int own_folder(int parent, const char* name) {
  struct stat info {};
  if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
    const int result = S_ISDIR(info.st_mode) ? 0 : os::remove_tree(parent, name);
    if (result != 0) return result;
  }
  if (mkdirat(parent, name, 0700) != 0 && errno != EEXIST) return -errno;
  if (fchmodat(parent, name, 0700, 0) != 0) return -errno;
  const int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  return folder < 0 ? -errno : folder;
}

}  // namespace

int Listing::take(int project) {
  entries.clear();
  index.clear();
  bytes = 0;
  int odd = 0;
  const auto visit = [&](int folder, const std::string& name, const std::string& path, const struct stat& info) {
    std::string target;
    if (S_ISLNK(info.st_mode)) {
      char buffer[PATH_MAX];
      const ssize_t length = readlinkat(folder, name.c_str(), buffer, sizeof buffer);
      if (length < 0) odd = -errno;
      else target.assign(buffer, static_cast<size_t>(length));
    } else if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
      odd = -EINVAL;
    }
    index.emplace(path, entries.size());
    bytes += static_cast<uint64_t>(info.st_blocks) * 512;
    entries.push_back({path, info.st_mode, target});
    return true;
  };
  const int result = walk(project, "", visit);
  return result != 0 ? result : odd;
}

Ledger* Ledger::create(size_t rows) {
  void* memory = mmap(nullptr, ledger_bytes(rows), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<Ledger*>(memory);
}

void Ledger::destroy(Ledger* ledger, size_t rows) { munmap(ledger, ledger_bytes(rows)); }

int restore(const Listing& listing, int master, int copy, Ledger& ledger, os::CopyMethod method) {
  const int64_t start = file_clock();
  ledger.journal_entries = 0;
  ledger.error = 0;
  ledger.error_path[0] = 0;
  int result = 0;
  const int temporary = own_folder(copy, "tmp");
  const int project = own_folder(copy, "project");
  if (temporary < 0) result = temporary;
  else result = os::empty_folder(temporary);
  if (project < 0) result = project;
  if (result == 0) result = Restorer(listing, master, project, ledger, method).run();
  if (result == 0) result = ledger.error;
  // Half a copy is of use to nobody, and its room may be to another one.
  if (result != 0 && project >= 0) os::empty_folder(project);
  if (temporary >= 0) close(temporary);
  if (project >= 0) close(project);
  ledger.error = result;
  ledger.restore_micros = static_cast<uint32_t>((file_clock() - start) / 1000);
  return result;
}

int64_t file_clock() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

}  // namespace leanfuzz::server
