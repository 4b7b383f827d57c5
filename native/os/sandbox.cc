#include "sandbox.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace leanfuzz::os {

namespace {

// Landlock's interface as the kernel documents it. Said here, because the headers of many systems know only its
// first versions, and what counts is the kernel that runs.
constexpr long kCreateRuleset = 444, kAddRule = 445, kRestrictSelf = 446;
constexpr uint32_t kAskVersion = 1;
constexpr int kRulePathBeneath = 1;
struct RulesetAttributes {
  uint64_t handled_files, handled_network, scoped;
};
struct __attribute__((packed)) PathBeneath {
  uint64_t allowed;
  int32_t parent;
};
constexpr uint64_t kWriteFile = 1 << 1;
constexpr uint64_t kRemoveAndMake = 0x1ff0;  // remove and make entries of every kind: bits 4 to 12
constexpr uint64_t kRefer = 1 << 13, kTruncate = 1 << 14;
constexpr uint64_t kConnectAndBind = 3;  // TCP
constexpr uint64_t kScopeAbstractSockets = 1, kScopeSignals = 2;

uint64_t write_rights(int version) {
  return kWriteFile | kRemoveAndMake | (version >= 2 ? kRefer : 0) | (version >= 3 ? kTruncate : 0);
}

int allow_below(int ruleset, const char* path, uint64_t rights) {
  const int folder = open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return -errno;
  const PathBeneath rule{rights, folder};
  const int result = syscall(kAddRule, ruleset, kRulePathBeneath, &rule, 0) == 0 ? 0 : -errno;
  close(folder);
  return result;
}

void write_text(const char* path, const char* text, int length) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  // Without the map the process still has its files; it only sees itself as nobody.
  if (write(file, text, static_cast<size_t>(length)) < 0) errno = 0;
  close(file);
}

// Mounts the /proc of this process' PID namespace, which only this process and its descendants see. What others unmount
// goes away here, too.
bool mount_own_proc() {
  return mount(nullptr, "/", nullptr, MS_SLAVE | MS_REC, nullptr) == 0 &&
         mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0;
}

// Runs `action` in a child and tells whether it exited with 0.
template <typename Action>
bool works_in_child(Isolation isolation, Action action) {
  const pid_t child = fork_isolated(isolation);
  if (child == 0) _exit(action() ? 0 : 1);
  if (child < 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int landlock_version() {
  const long version = syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  return version < 0 ? 0 : static_cast<int>(version);
}

int fence_in(const std::vector<std::string>& writable, bool network) {
  const int version = landlock_version();
  if (version == 0) return -ENOSYS;
  const uint64_t rights = write_rights(version);
  const RulesetAttributes attributes{rights, version >= 4 && !network ? kConnectAndBind : 0,
                                     version >= 6 ? kScopeAbstractSockets | kScopeSignals : 0};
  // Older kernels know a shorter structure, and refuse a longer one unless its rest is zero.
  const int ruleset = static_cast<int>(syscall(kCreateRuleset, &attributes, sizeof attributes, 0));
  if (ruleset < 0) return -errno;
  int result = allow_below(ruleset, "/dev/null", rights & (kWriteFile | kTruncate));
  for (const std::string& path : writable) {
    if (result == 0) result = allow_below(ruleset, path.c_str(), rights);
  }
  if (result == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) result = -errno;
  if (result == 0 && syscall(kRestrictSelf, ruleset, 0) != 0) result = -errno;
  close(ruleset);
  return result;
}

Isolation best_isolation() {
  for (const Isolation isolation : {Isolation::kPrivileged, Isolation::kUserNamespace}) {
    if (works_in_child(isolation, [] { return getpid() == 1; })) return isolation;
  }
  return Isolation::kNone;
}

pid_t fork_isolated(Isolation isolation) {
  if (isolation == Isolation::kNone) return fork();
  const unsigned user = getuid(), group = getgid();
  const long own_user = isolation == Isolation::kUserNamespace ? CLONE_NEWUSER : 0;
  const pid_t child = static_cast<pid_t>(syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | own_user | SIGCHLD, 0, 0, 0, 0));
  if (child != 0) return child;
  if (own_user != 0) {
    char line[64];
    write_text("/proc/self/setgroups", "deny", 4);
    write_text("/proc/self/uid_map", line, snprintf(line, sizeof line, "%u %u 1", user, user));
    write_text("/proc/self/gid_map", line, snprintf(line, sizeof line, "%u %u 1", group, group));
  }
  if (!mount_own_proc()) _exit(1);
  return 0;
}

}  // namespace leanfuzz::os
