#include "code_fence.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capabilities.h"

namespace leanfuzz::os {

namespace {

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kArchitecture = 0;  // unknown: fence_code says that it can't
#endif

// The calls that computing takes, whatever the arguments are.
constexpr long kFree[] = {
    SYS_read,          SYS_write,        SYS_pread64,       SYS_lseek,       SYS_close,
    SYS_munmap,        SYS_madvise,      SYS_brk,           SYS_mremap,      SYS_futex,         SYS_clock_gettime,
    SYS_clock_getres,  SYS_gettimeofday, SYS_nanosleep,     SYS_clock_nanosleep, SYS_sched_yield, SYS_getrandom,
    SYS_getpid,        SYS_gettid,       SYS_exit,          SYS_exit_group,  SYS_rt_sigaction,  SYS_rt_sigprocmask,
    SYS_rt_sigreturn,  SYS_sigaltstack,  SYS_set_robust_list, SYS_rseq,      SYS_restart_syscall, SYS_sched_getaffinity,
#if defined(__x86_64__)
    SYS_time,
#endif
};

constexpr uint32_t low_half(int argument) { return static_cast<uint32_t>(offsetof(seccomp_data, args) + 8 * argument); }

sock_filter load(uint32_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset); }
sock_filter answer(uint32_t value) { return BPF_STMT(BPF_RET | BPF_K, value); }
sock_filter jump(uint16_t test, uint32_t value, uint8_t yes, uint8_t no) { return BPF_JUMP(BPF_JMP | test | BPF_K, value, yes, no); }

constexpr uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr uint32_t kForbid = SECCOMP_RET_ERRNO | EPERM;
constexpr uint32_t kMissing = SECCOMP_RET_ERRNO | ENOSYS;

// A call that is allowed where an argument's bits are as they must be. The accumulator holds the call's number before
// and behind it.
void allow_where(std::vector<sock_filter>& program, long call, std::vector<sock_filter> test) {
  program.push_back(jump(BPF_JEQ, static_cast<uint32_t>(call), 0, static_cast<uint8_t>(test.size())));
  program.insert(program.end(), test.begin(), test.end());
}

std::vector<sock_filter> program() {
  std::vector<sock_filter> made{
      load(offsetof(seccomp_data, arch)),
      jump(BPF_JEQ, kArchitecture, 1, 0),
      answer(SECCOMP_RET_KILL_PROCESS),  // 32-bit calls have other numbers
      load(offsetof(seccomp_data, nr)),
  };
  for (const long call : kFree) {
    made.push_back(jump(BPF_JEQ, static_cast<uint32_t>(call), 0, 1));
    made.push_back(answer(kAllow));
  }
  // Memory of its own, never executable: nothing is loaded any more.
  allow_where(made, SYS_mmap,
              {load(low_half(2)), jump(BPF_JSET, PROT_EXEC, 2, 0), load(low_half(3)), jump(BPF_JSET, MAP_SHARED, 0, 1),
               answer(kForbid), answer(kAllow)});
  allow_where(made, SYS_mprotect, {load(low_half(2)), jump(BPF_JSET, PROT_EXEC, 0, 1), answer(kForbid), answer(kAllow)});
  // Threads of this process; clone3 hides its flags in memory, and libraries fall back to clone where it is missing.
  allow_where(made, SYS_clone, {load(low_half(0)), jump(BPF_JSET, CLONE_THREAD, 1, 0), answer(kForbid), answer(kAllow)});
  allow_where(made, SYS_clone3, {answer(kMissing)});
  // Its own output, and no other file.
  allow_where(made, SYS_ftruncate,
              {load(low_half(0)), jump(BPF_JEQ, STDERR_FILENO, 1, 0), answer(kForbid), answer(kAllow)});
  // Its own end, as abort and raise ask for it.
  allow_where(made, SYS_tgkill,
              {load(low_half(0)), jump(BPF_JEQ, static_cast<uint32_t>(getpid()), 1, 0), answer(kForbid), answer(kAllow)});
  // Limits may be read.
  allow_where(made, SYS_prlimit64,
              {load(low_half(2)), jump(BPF_JEQ, 0, 0, 2), load(low_half(2) + 4), jump(BPF_JEQ, 0, 1, 0), answer(kForbid),
               answer(kAllow)});
  made.push_back(answer(kForbid));
  return made;
}

}  // namespace

int fence_code() {
  if (kArchitecture == 0) return -ENOSYS;
  std::vector<sock_filter> filter = program();
  const sock_fprog fence{static_cast<unsigned short>(filter.size()), filter.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  if (const int failure = drop_capabilities(); failure != 0) return failure;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &fence) == 0 ? 0 : -errno;
}

bool is_free_call(long call) {
  constexpr long kSometimes[] = {SYS_mmap, SYS_mprotect, SYS_clone, SYS_clone3, SYS_ftruncate, SYS_tgkill, SYS_prlimit64};
  const auto among = [call](const auto& list) { return std::find(std::begin(list), std::end(list), call) != std::end(list); };
  return among(kFree) || among(kSometimes);
}

bool can_fence_code() {
  const pid_t child = fork();
  if (child == 0) _exit(fence_code() == 0 ? 0 : 1);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace leanfuzz::os
