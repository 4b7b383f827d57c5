#include "confine.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../os/process.h"

namespace leanfuzz::lean {

namespace {

// The bytes that Lean may print in one job; more gets lost.
constexpr rlim_t kMaxPrinted = 1 << 20;

// The zygote's input is a socket to the primary.
void close_input() {
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0) _exit(1);
  close(nothing);
}

// Lean's output goes into memory, so that its last words can be read.
void catch_output() {
  int file = memfd_create("lean-fuzz-output", 0);
  // Never the user's terminal.
  if (file < 0) file = open("/dev/null", O_WRONLY);
  if (file < 0 || dup2(file, STDERR_FILENO) < 0) _exit(1);
  close(file);
}

// Kilobytes of a line of /proc/self/status.
uint64_t status_kib(const char* name) {
  FILE* file = fopen("/proc/self/status", "re");
  if (file == nullptr) return 0;
  char line[256];
  uint64_t kib = 0;
  while (fgets(line, sizeof line, file) != nullptr) {
    if (strncmp(line, name, strlen(name)) == 0) kib = strtoull(line + strlen(name) + 1, nullptr, 10);
  }
  fclose(file);
  return kib;
}

void limit(int what, rlim_t value) {
  const rlimit both{value, value};
  setrlimit(static_cast<__rlimit_resource>(what), &both);
}

void limit_resources(uint32_t memory_mib) {
  limit(RLIMIT_DATA, (status_kib("VmData") << 10) + (rlim_t{memory_mib} << 20));
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, kMaxPrinted);
  signal(SIGXFSZ, SIG_IGN);
  // Where memory runs out all the same, the kernel should take an executor, which is replaced, not the primary.
  const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file >= 0 && write(file, "800", 3) < 0) errno = 0;  // some containers forbid it; then the kernel chooses
  if (file >= 0) close(file);
}

}  // namespace

MailboxView confine(Region& region, uint32_t executor, uint32_t memory_mib) {
  const MailboxView mailbox = region.keep_mailbox(executor);
  limit_resources(memory_mib);
  // Of the region, and of the event loop of Lean's that runs on in the zygote: what a child writes there, it would believe.
  os::close_from(STDERR_FILENO + 1);
  close_input();
  catch_output();
  return mailbox;
}

}  // namespace leanfuzz::lean
