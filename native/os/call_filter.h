// The words of filters for system calls (seccomp), and how one is put in force.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace leanfuzz::os::filter {

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kArchitecture = 0;  // unknown: no filter can be had
#endif

constexpr uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr uint32_t kForbid = SECCOMP_RET_ERRNO | EPERM;
constexpr uint32_t kMissing = SECCOMP_RET_ERRNO | ENOSYS;

inline sock_filter load(size_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset)); }
inline sock_filter answer(uint32_t value) { return BPF_STMT(BPF_RET | BPF_K, value); }
inline sock_filter jump(uint16_t test, uint32_t value, uint8_t yes, uint8_t no) {
  return BPF_JUMP(BPF_JMP | test | BPF_K, value, yes, no);
}
// The low half of an argument.
inline sock_filter load_argument(size_t index) { return load(offsetof(seccomp_data, args) + 8 * index); }

// How each filter begins: calls of 32 bits have other numbers and end the process; then the accumulator holds the call's number.
inline std::vector<sock_filter> begin() {
  return {load(offsetof(seccomp_data, arch)), jump(BPF_JEQ, kArchitecture, 1, 0), answer(SECCOMP_RET_KILL_PROCESS),
          load(offsetof(seccomp_data, nr))};
}

// A call that is answered whatever its arguments are. The accumulator holds the call's number before and behind it.
inline void answer_call(std::vector<sock_filter>& program, long call, uint32_t how) {
  program.push_back(jump(BPF_JEQ, static_cast<uint32_t>(call), 0, 1));
  program.push_back(answer(how));
}

// A call that is decided by a test, which answers in any case; for other calls the accumulator holds their number behind it.
inline void decide_call(std::vector<sock_filter>& program, long call, const std::vector<sock_filter>& test) {
  program.push_back(jump(BPF_JEQ, static_cast<uint32_t>(call), 0, static_cast<uint8_t>(test.size())));
  program.insert(program.end(), test.begin(), test.end());
}

// For good, for this process and its descendants; `also` is what is done in between, behind which nobody gets privileges.
template <typename Also>
int put_in_force(std::vector<sock_filter> program, Also also) {
  if (kArchitecture == 0) return -ENOSYS;
  const sock_fprog fence{static_cast<unsigned short>(program.size()), program.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  if (const int failure = also(); failure != 0) return failure;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &fence) == 0 ? 0 : -errno;
}

// Whether a fence can be had: asks in a child, so that nothing changes here.
inline bool works(int (*fence)()) {
  const pid_t child = fork();
  if (child == 0) _exit(fence() == 0 ? 0 : 1);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace leanfuzz::os::filter
