#include "process.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include <dirent.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace leanfuzz::os {

bool die_with_parent(pid_t expected_parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  return getppid() == expected_parent;
}

void close_from(int first) {
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  for (int fd = first; fd < sysconf(_SC_OPEN_MAX); fd++) close(fd);  // a kernel before 5.9
}

int make_mappings_forkable() {
  struct Range {
    unsigned long begin, end;
  };
  std::vector<Range> ranges;
  FILE* maps = fopen("/proc/self/smaps", "re");
  if (maps == nullptr) return -errno;
  Range current{0, 0};
  char line[4096];
  while (fgets(line, sizeof line, maps) != nullptr) {
    Range range;
    if (sscanf(line, "%lx-%lx ", &range.begin, &range.end) == 2) {
      current = range;
    } else if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " dc") != nullptr) {
      ranges.push_back(current);
    }
  }
  fclose(maps);
  for (const Range& range : ranges) {
    if (madvise(reinterpret_cast<void*>(range.begin), range.end - range.begin, MADV_DOFORK) != 0) return -errno;
  }
  return static_cast<int>(ranges.size());
}

namespace {

// State letter of a thread, from the field behind the command's closing parenthesis; 0 where it has ended.
char thread_state(const char* id) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%.20s/stat", id);
  FILE* file = fopen(path, "re");
  if (file == nullptr) return 0;
  char line[512];
  const char* parenthesis = fgets(line, sizeof line, file) != nullptr ? strrchr(line, ')') : nullptr;
  fclose(file);
  return parenthesis != nullptr && parenthesis[1] == ' ' ? parenthesis[2] : 0;
}

}  // namespace

int count_running_threads() {
  DIR* tasks = opendir("/proc/self/task");
  if (tasks == nullptr) return -errno;
  int running = 0;
  while (const dirent* task = readdir(tasks)) {
    if (task->d_name[0] == '.' || atoi(task->d_name) == syscall(SYS_gettid)) continue;
    const char state = thread_state(task->d_name);
    if (state != 0 && state != 'S') running++;
  }
  closedir(tasks);
  return running;
}

std::vector<pid_t> descendants(pid_t root) {
  // Names first, and then what each is: whoever reads them one by one runs after processes that fork endlessly, as new
  // ones stand behind all others.
  std::vector<pid_t> listed;
  DIR* processes = opendir("/proc");
  if (processes == nullptr) return {};
  while (const dirent* entry = readdir(processes)) {
    if (const pid_t pid = atoi(entry->d_name); pid > 0) listed.push_back(pid);
  }
  closedir(processes);
  std::multimap<pid_t, pid_t> children;
  for (const pid_t pid : listed) {
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE* file = fopen(path, "re");
    if (file == nullptr) continue;
    const char* parenthesis = fgets(line, sizeof line, file) != nullptr ? strrchr(line, ')') : nullptr;
    char state = 0;
    pid_t parent = 0;
    if (parenthesis != nullptr && sscanf(parenthesis, ") %c %d", &state, &parent) == 2) children.emplace(parent, pid);
    fclose(file);
  }
  std::vector<pid_t> found{root};
  for (size_t i = 0; i < found.size(); i++) {
    const auto [first, end] = children.equal_range(found[i]);
    for (auto child = first; child != end; ++child) found.push_back(child->second);
  }
  found.erase(found.begin());
  return found;
}

pid_t pid_in_proc() {
  char text[16] = {};
  return readlink("/proc/self", text, sizeof text - 1) > 0 ? atoi(text) : getpid();
}

}  // namespace leanfuzz::os
