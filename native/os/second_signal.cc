#include "second_signal.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace leanfuzz::os {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

// Children that go on: pid and start time in one word, because the handler may run between any two of them. The start
// time tells a child from another process that has got its pid since.
constexpr int kPidBits = 22;
std::atomic<uint64_t> going_on[8];
static_assert(std::atomic<uint64_t>::is_always_lock_free, "a signal handler must not wait");
unsigned next_going_on = 0;

// Written while the signals' handler is not ours; read by it.
struct sigaction previous[NSIG];
itimerspec grace;
// The kernel's number of the timer; -1 where there is none.
int timer = -1;
// Two threads may be in the handler at once.
std::atomic<int> received{0};
std::atomic<int> status{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler must not wait");

// All code from here to `on_signal` runs in a signal handler, `make_timer` aside: system calls, and no memory but the stack.

// The beginning of a file below a folder, as a text; empty where it can't be read.
template <size_t Size>
void read_text(int folder, const char* name, char (&text)[Size]) {
  const int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
  const ssize_t length = file < 0 ? 0 : read(file, text, Size - 1);
  text[length > 0 ? length : 0] = 0;
  if (file >= 0) close(file);
}

uint64_t read_decimal(const char* text) {
  uint64_t value = 0;
  for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + static_cast<uint64_t>(*text - '0');
  return value;
}

// State letter of a process, and which one of all that have had its pid it is; both 0 where it is gone.
struct Process {
  char state = 0;
  uint64_t identity = 0;
};

Process read_process(int processes, const char* pid) {
  const int folder = openat(processes, pid, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return {};
  char stat[512];
  read_text(folder, "stat", stat);
  close(folder);
  // Behind the name, which may hold anything: the state is field 3 of proc(5), the start time field 22.
  const char* field = strrchr(stat, ')');
  if (field == nullptr || field[1] != ' ') return {};
  const char state = field[2];
  for (int number = 2; number < 22 && field != nullptr; number++) field = strchr(field + 1, ' ');
  if (field == nullptr) return {};
  return {state, read_decimal(field + 1) << kPidBits | read_decimal(pid)};
}

bool goes_on(uint64_t identity) {
  for (const std::atomic<uint64_t>& one : going_on) {
    if (one == identity) return true;
  }
  return false;
}

// Kills a child if somebody has stopped it, or has it go on.
void end_stopped(int processes, const char* child) {
  const Process process = read_process(processes, child);
  if (process.state != 'T' && process.state != 't') return;
  const auto pid = static_cast<pid_t>(read_decimal(child));
  if (pid > 1) kill(pid, goes_on(process.identity) ? SIGCONT : SIGKILL);
}

void end_stopped_children_of(int processes, int tasks, const char* task) {
  const int folder = openat(tasks, task, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  char children[4096];
  read_text(folder, "children", children);
  close(folder);
  for (char *child = children, *end; (end = strchr(child, ' ')) != nullptr; child = end + 1) {
    *end = 0;
    end_stopped(processes, child);
  }
}

// Children end with us, but for those that were stopped before they could ask the kernel for that.
void end_stopped_children() {
  struct Entry {  // as getdents64(2) has it
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[1];
  };
  const int processes = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int tasks = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  alignas(Entry) char entries[4096];
  long length;
  while (processes >= 0 && tasks >= 0 && (length = syscall(SYS_getdents64, tasks, entries, sizeof entries)) > 0) {
    for (long at = 0; at < length;) {
      const Entry* entry = reinterpret_cast<const Entry*>(entries + at);
      end_stopped_children_of(processes, tasks, entry->name);
      at += entry->length;
    }
  }
}

[[noreturn]] void end(int with) {
  end_stopped_children();
  _exit(with);
}

void on_time(int) { end(status); }

// By their numbers: in older C libraries these calls are in a library of their own.
void set_timer(const itimerspec& to) { syscall(SYS_timer_settime, timer, 0, &to, nullptr); }

// Whose signal is nobody else's: packages that listen for all signals by name take SIGALRM's handler away. False where
// there is none to be had.
bool make_timer() {
  struct sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGRTMAX;
  return timer >= 0 || syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0;
}

void on_signal(int number, siginfo_t* info, void* context) {
  const int saved = errno;
  const int count = ++received;
  if (count == 2 && timer >= 0) {
    status = 128 + number;
    set_timer(grace);
  } else if (count > 1) {
    end(128 + number);
  }
  const struct sigaction& before = previous[number];
  if ((before.sa_flags & SA_SIGINFO) != 0) {
    before.sa_sigaction(number, info, context);
  } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
    before.sa_handler(number);
  }
  errno = saved;
}

}  // namespace

bool continue_at_second_signal(pid_t child) {
  const int processes = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (processes < 0) return false;
  char pid[16];
  snprintf(pid, sizeof pid, "%d", child);
  const uint64_t identity = read_process(processes, pid).identity;
  close(processes);
  if (identity == 0) return false;
  going_on[next_going_on++ % (sizeof going_on / sizeof *going_on)] = identity;
  return true;
}

void end_at_second_signal(unsigned grace_millis) {
  grace = {};
  set_timer(grace);
  received = 0;
  if (grace_millis == 0) return;
  grace.it_value.tv_sec = grace_millis / 1000;
  grace.it_value.tv_nsec = static_cast<long>(grace_millis % 1000) * 1'000'000;
  struct sigaction action = {};
  sigfillset(&action.sa_mask);
  action.sa_handler = on_time;
  if (make_timer()) sigaction(SIGRTMAX, &action, nullptr);
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  action.sa_sigaction = on_signal;
  for (const int number : kSignals) {
    sigaction(number, nullptr, &previous[number]);
    sigaction(number, &action, nullptr);
  }
}

}  // namespace leanfuzz::os
