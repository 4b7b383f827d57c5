#include "code_fence.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <vector>

#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_filter.h"
#include "capabilities.h"

namespace leanfuzz::os {

namespace {

using namespace filter;

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

std::vector<sock_filter> program() {
  std::vector<sock_filter> made = begin();
  for (const long call : kFree) answer_call(made, call, kAllow);
  // Memory of its own, never executable: nothing is loaded any more.
  decide_call(made, SYS_mmap,
              {load_argument(2), jump(BPF_JSET, PROT_EXEC, 2, 0), load_argument(3), jump(BPF_JSET, MAP_SHARED, 0, 1),
               answer(kForbid), answer(kAllow)});
  decide_call(made, SYS_mprotect, {load_argument(2), jump(BPF_JSET, PROT_EXEC, 0, 1), answer(kForbid), answer(kAllow)});
  // Threads of this process; clone3 hides its flags in memory, and libraries fall back to clone where it is missing.
  decide_call(made, SYS_clone, {load_argument(0), jump(BPF_JSET, CLONE_THREAD, 1, 0), answer(kForbid), answer(kAllow)});
  answer_call(made, SYS_clone3, kMissing);
  // Its own output, and no other file.
  decide_call(made, SYS_ftruncate,
              {load_argument(0), jump(BPF_JEQ, STDERR_FILENO, 1, 0), answer(kForbid), answer(kAllow)});
  // Its own end, as abort and raise ask for it.
  decide_call(made, SYS_tgkill,
              {load_argument(0), jump(BPF_JEQ, static_cast<uint32_t>(getpid()), 1, 0), answer(kForbid), answer(kAllow)});
  // Limits may be read.
  decide_call(made, SYS_prlimit64,
              {load_argument(2), jump(BPF_JEQ, 0, 0, 2), load(offsetof(seccomp_data, args) + 8 * 2 + 4), jump(BPF_JEQ, 0, 1, 0), answer(kForbid),
               answer(kAllow)});
  made.push_back(answer(kForbid));
  return made;
}

}  // namespace

int fence_code() { return put_in_force(program(), drop_capabilities); }

bool is_free_call(long call) {
  constexpr long kSometimes[] = {SYS_mmap, SYS_mprotect, SYS_clone, SYS_clone3, SYS_ftruncate, SYS_tgkill, SYS_prlimit64};
  const auto among = [call](const auto& list) { return std::find(std::begin(list), std::end(list), call) != std::end(list); };
  return among(kFree) || among(kSometimes);
}

bool can_fence_code() { return works(fence_code); }

}  // namespace leanfuzz::os
