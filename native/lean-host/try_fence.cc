#include "try_fence.h"

#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../os/code_fence.h"
#include "../os/memory_file.h"
#include "confine.h"

namespace leanfuzz::lean {

namespace {

constexpr uint32_t kMemoryMib = 64;
constexpr int kMaxDescriptor = 256, kMaxCall = 1024;
// Calls of another kind, where the kernel has them: the same numbers with this bit.
constexpr long kX32 = 0x40000000;

sigjmp_buf out_of_reach;

// Whether a place can be written; the handler jumps back from where it can't.
bool can_write(volatile uint8_t* at) {
  if (sigsetjmp(out_of_reach, 1) != 0) return false;
  *at = *at;
  return true;
}

void watch_faults() {
  struct sigaction action {};
  action.sa_handler = [](int) { siglongjmp(out_of_reach, 1); };
  for (const int number : {SIGSEGV, SIGBUS}) sigaction(number, &action, nullptr);
}

void say(const char* what, bool possible) { printf("%s: %s\n", what, possible ? "possible" : "forbidden"); }

void* sleep_on(void*) {
  const timespec hour{3600, 0};
  for (;;) nanosleep(&hour, nullptr);
}

// How many more threads there can be, up to a thousand.
int start_threads() {
  int started = 0;
  pthread_t thread;
  while (started < 1000 && pthread_create(&thread, nullptr, sleep_on, nullptr) == 0) started++;
  return started;
}

bool can_take(size_t mib) {
  std::vector<void*> taken;
  void* next = nullptr;
  while (taken.size() < mib && (next = malloc(1 << 20)) != nullptr) taken.push_back(memset(next, 1, 1 << 20));
  for (void* one : taken) free(one);
  return next != nullptr;
}

bool can_print(size_t bytes) {
  const std::vector<char> text(bytes, 'x');
  return write(STDERR_FILENO, text.data(), bytes) == static_cast<ssize_t>(bytes);
}

bool has_descriptor_of_parent() {
  for (int fd = STDERR_FILENO + 1; fd < kMaxDescriptor; fd++) {
    if (lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF) return true;
  }
  return false;
}

// The kernel's own way back from a probe, which no filter sees; whoever else calls it is killed.
bool is_of_uprobes(long call) { return call == 335 || call == 336; }

// Any call that is not on the list; the arguments are none that a call takes.
bool can_call_anything_else() {
  for (long call = 0; call < kMaxCall; call++) {
    if (os::is_free_call(call) || is_of_uprobes(call)) continue;
    if (syscall(call, -1, -1, -1, -1, -1, -1) != -1 || errno != EPERM) return true;
    if (syscall(call | kX32, -1, -1, -1, -1, -1, -1) != -1 || (errno != EPERM && errno != ENOSYS)) return true;
  }
  return false;
}

void try_files() {
  say("read a file", open("/etc/hostname", O_RDONLY) >= 0);
  say("make a file", open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0);
  say("remove a file", unlink("/tmp/lean-fuzz-nothing") == 0 || errno == ENOENT);
  say("look at a file", access("/etc/hostname", F_OK) == 0);
  say("change a file's mode", chmod("/tmp/lean-fuzz-nothing", 0600) == 0 || errno == ENOENT);
  say("make a file in memory", memfd_create("x", 0) >= 0);
  say("use a descriptor of its parent", has_descriptor_of_parent());
}

void try_others(pid_t parent) {
  int pair[2];
  uint64_t word = 0;
  iovec here{&word, sizeof word};
  say("open a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  say("open a pair of sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  say("open a pipe", pipe(pair) == 0);
  say("start a process", fork() >= 0);
  say("start a process of another kind", syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0) >= 0);
  say("run a program", execl("/bin/true", "true", nullptr) == 0 || errno != EPERM);
  say("signal its parent", kill(parent, 0) == 0);
  say("signal a thread of its parent", syscall(SYS_tgkill, parent, parent, 0) == 0);
  say("signal everybody", kill(-1, 0) == 0);
  say("trace its parent", ptrace(PTRACE_ATTACH, parent, nullptr, nullptr) == 0);
  say("write to its parent's memory", process_vm_writev(parent, &here, 1, &here, 1, 0) >= 0);
  say("outlive its parent", prctl(PR_SET_PDEATHSIG, 0) == 0);
}

void try_itself() {
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  const itimerval never{};
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  say("share memory", mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  say("have new executable memory", mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  say("make memory executable", mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
  say("raise a limit", setrlimit(RLIMIT_DATA, &more) == 0);
  say("raise a limit by the other call", prlimit(0, RLIMIT_DATA, &more, nullptr) == 0);
  say("change its user", setuid(getuid()) == 0);
  say("set a timer", setitimer(ITIMER_REAL, &never, nullptr) == 0);
  say("print more than 1 MiB", can_print(2 << 20));
  say("take more memory than its limit", can_take(kMemoryMib + 1));
  say("make any other call", can_call_anything_else());
}

// In the child: as an executor, then all that an executor may not do.
[[noreturn]] void be_candidate(Region& region, pid_t parent) {
  uint8_t* start = at<uint8_t>(&region.header(), 0);
  uint8_t* other = at<uint8_t>(start, region.header().mailboxes_at + MailboxView::size(region.header().request_bytes, region.header().response_bytes));
  MailboxView mailbox = confine(region, 0, kMemoryMib);
  watch_faults();
  const bool writes_header = can_write(start), writes_other = can_write(other);
  const bool writes_own = can_write(reinterpret_cast<uint8_t*>(&mailbox.bell()));
  if (const int problem = os::fence_code(); problem != 0) {
    printf("no fence: %s\n", strerror(-problem));
    fflush(stdout);
    _exit(1);
  }
  say("write to the shared region", writes_header);
  say("write to another executor's mailbox", writes_other);
  say("write to its mailbox", writes_own);
  try_files();
  try_others(parent);
  try_itself();
  const int threads = start_threads();
  say("start a thread", threads > 0);
  say("start a thousand threads", threads >= 1000);
  fflush(stdout);
  _exit(0);
}

}  // namespace

int try_fence() {
  const RegionSizes sizes{2, 2, 1, 1024, 1024, 1, 1, 1024, 2 * MailboxView::kLastBytes};
  const uint32_t bytes = Region::bytes_needed(sizes);
  const int file = os::create_memory_file("lean-fuzz-region", bytes);
  void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (file < 0 || base == MAP_FAILED) return perror("shared region"), 1;
  Region::format(base, sizes);
  Region region(base);
  const pid_t parent = getpid(), child = fork();
  if (child == 0) be_candidate(region, parent);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace leanfuzz::lean
