#include "executor.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace leanfuzz::lean {

namespace {

enum EventTag : uint8_t { kBegin = 1, kEnd = 5, kFatal = 6 };
constexpr size_t kMaxMessage = 400;
constexpr size_t kAlternateStack = 64 * 1024;
// What Lean may print in one job; what is beyond gets lost.
constexpr rlim_t kMaxPrinted = 1 << 20;

Executor* current = nullptr;
uintptr_t stack_end = 0, stack_begin = 0;

// The last line that Lean has printed, such as why it panicked.
void read_last_line(char (&line)[kMaxMessage]) {
  line[0] = 0;
  const off_t end = lseek(2, 0, SEEK_CUR);
  if (end <= 0) return;
  const size_t length = std::min<size_t>(static_cast<size_t>(end), kMaxMessage - 1);
  const ssize_t got = pread(2, line, length, end - static_cast<off_t>(length));
  size_t size = got > 0 ? static_cast<size_t>(got) : 0;
  while (size > 0 && line[size - 1] == '\n') size--;
  line[size] = 0;
  if (char* start = strrchr(line, '\n')) memmove(line, start + 1, strlen(start));
}

void end_with(const char* how) {
  char line[kMaxMessage], message[kMaxMessage + 64];
  read_last_line(line);
  const bool memory = strstr(line, "out of memory") != nullptr;
  snprintf(message, sizeof message, line[0] == 0 ? "%s" : "%s: %s", how, line);
  current->fatal(memory ? "out-of-memory" : "crashed", message);
}

// Says what happened, and lets the signal end the process as it would have.
void on_fault(int number, siginfo_t* info, void*) {
  signal(number, SIG_DFL);
  const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
  // A stack that is used up touches the page below its end; large frames may skip a few.
  if (number == SIGSEGV && address < stack_begin && address + (1 << 20) > stack_end) {
    current->fatal("stack-overflow", "the native stack ran out");
  } else {
    char how[64];
    snprintf(how, sizeof how, "killed by signal %d", number);
    end_with(how);
  }
  raise(number);
}

void on_exit_of_lean() { end_with("Lean ended its process"); }

void catch_faults() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void* lowest = nullptr;
    size_t size = 0;
    pthread_attr_getstack(&attributes, &lowest, &size);
    stack_end = reinterpret_cast<uintptr_t>(lowest);
    stack_begin = stack_end + size;
    pthread_attr_destroy(&attributes);
  }
  // Where the stack has run out, a handler needs another one.
  static char alternate[kAlternateStack];
  stack_t stack{};
  stack.ss_sp = alternate;
  stack.ss_size = sizeof alternate;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) sigaction(number, &action, nullptr);
  atexit(on_exit_of_lean);
}

// What Lean prints goes into memory, so that its last words can be read.
void catch_output() {
  const int file = memfd_create("lean-fuzz-output", 0);
  if (file < 0) return;
  dup2(file, 2);
  close(file);
}

void forget_output() {
  if (lseek(2, 0, SEEK_CUR) > 0 && ftruncate(2, 0) == 0) lseek(2, 0, SEEK_SET);
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

void Executor::serve(uint32_t memory_mib, const std::function<void()>& begin) {
  current = this;
  limit_resources(memory_mib);
  memory_file_ = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  shared_at_fork_ = 0;
  shared_at_fork_ = used_bytes();
  catch_output();
  catch_faults();
  begin();
  // As long as the longest request; only what is used of it takes memory.
  request_.reset(new uint8_t[mailbox_.request_bytes()]);
  for (uint32_t jobs = 1;; jobs++) {
    while (!mailbox_.wait_request(1000)) continue;
    answer();
    const bool spent = mailbox_.is_spent(jobs, used_bytes());
    mailbox_.finish();
    if (spent) _exit(0);
  }
}

void Executor::answer() {
  const int64_t length = mailbox_.take_request(request_.get());
  // No job is in work yet, and none is to blame.
  if (length < 0) _exit(1);
  ByteReader from(request_.get(), static_cast<size_t>(length));
  forget_output();
  event_.clear();
  event_.u8(kBegin);
  event_.u32(mailbox_.job());
  said_ = 0;
  send(event_);
  if (!runner_.run(from, *this)) {
    fatal("crashed", "a damaged request");
    mailbox_.finish();
    _exit(1);
  }
  event_.clear();
  event_.u8(kEnd);
  send(event_);
}

// What this process has taken since it was forked. Its parent's pages are there all the same.
uint32_t Executor::used_bytes() const {
  char text[128] = {};
  if (pread(memory_file_, text, sizeof text - 1, 0) <= 0) return 0;
  unsigned long total = 0, resident = 0, file_backed = 0;
  sscanf(text, "%lu %lu %lu", &total, &resident, &file_backed);
  const uint64_t bytes = static_cast<uint64_t>(resident - std::min(resident, file_backed)) * 4096;
  return static_cast<uint32_t>(std::min<uint64_t>(bytes - std::min(bytes, shared_at_fork_), UINT32_MAX));
}

void Executor::send(const ByteWriter& event) {
  const size_t size = event.bytes().size();
  said_ += size;
  if (said_ <= mailbox_.response_bytes() - MailboxView::kLastBytes &&
      mailbox_.append(event.bytes().data(), static_cast<uint32_t>(size))) {
    return;
  }
  fatal("too-large", "results that do not fit the response area of the mailbox");
  mailbox_.finish();
  _exit(1);
}

void Executor::fatal(const char* kind, const char* message) {
  // In one piece: a reader finds whole events only.
  static char event[kMaxMessage + 256];
  size_t length = 0;
  event[length++] = static_cast<char>(kFatal);
  for (const char* text : {kind, message}) {
    const auto size = static_cast<uint32_t>(std::min(strlen(text), kMaxMessage + 64));
    memcpy(event + length, &size, sizeof size);
    memcpy(event + length + sizeof size, text, size);
    length += sizeof size + size;
  }
  mailbox_.append_last(event, static_cast<uint32_t>(length));
}

}  // namespace leanfuzz::lean
