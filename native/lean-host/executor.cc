#include "executor.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <ucontext.h>
#include <unistd.h>

namespace leanfuzz::lean {

namespace {

enum EventTag : uint8_t { kBegin = 1, kEnd = 5, kFatal = 6 };
constexpr size_t kMaxMessage = 400;
constexpr const char* kDeepRecursion = "deep recursion was detected";
constexpr size_t kAlternateStack = 64 * 1024;
// How far below the end of a stack a large frame may reach, and the bytes of a page.
constexpr uintptr_t kFrame = 1 << 20, kPageBytes = 4096;

Executor* current = nullptr;

// Lean's output, up to some bytes from the beginning or the end.
template <size_t N>
void read_output(char (&text)[N], bool end) {
  const off_t size = lseek(STDERR_FILENO, 0, SEEK_CUR);
  const size_t length = std::min<size_t>(size < 0 ? 0 : static_cast<size_t>(size), N - 1);
  const ssize_t got = pread(STDERR_FILENO, text, length, end ? size - static_cast<off_t>(length) : 0);
  text[got > 0 ? got : 0] = 0;
}

// The last line of a text.
const char* last_line(char* text) {
  size_t size = strlen(text);
  while (size > 0 && text[size - 1] == '\n') text[--size] = 0;
  const char* line = strrchr(text, '\n');
  return line == nullptr ? text : line + 1;
}

// Whether a last line says that memory ran out: Lean's own allocator, its big numbers', or C++'s.
bool is_out_of_memory(const char* line) {
  for (const char* words : {"out of memory", "Cannot allocate memory", "bad_alloc"}) {
    if (strstr(line, words) != nullptr) return true;
  }
  return false;
}

// Says how this process ends, with what Lean said last: why it panicked, or that it ran too deep.
void end_with(const char* how) {
  static char start[1 << 14], end[kMaxMessage];
  char message[kMaxMessage + 64];
  read_output(start, false);
  read_output(end, true);
  // Behind that, Lean prints all that it was at.
  if (char* deep = strstr(start, kDeepRecursion)) {
    char* stop = deep + strcspn(deep, "(\n");
    while (stop[-1] == ' ') stop--;
    *stop = 0;
    return current->fatal("stack-overflow", deep);
  }
  const char* line = last_line(end);
  snprintf(message, sizeof message, line[0] == 0 ? "%s" : "%s: %s", how, line);
  current->fatal(is_out_of_memory(line) ? "out-of-memory" : "crashed", message);
}

// The address below which a thread was using nothing of its stack.
uintptr_t stack_pointer(const void* context) {
  const mcontext_t& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<uintptr_t>(machine.gregs[REG_RSP]);
#else
  return static_cast<uintptr_t>(machine.sp);
#endif
}

// Says what happened, and lets the signal end the process as it would have.
void on_fault(int number, siginfo_t* info, void* context) {
  signal(number, SIG_DFL);
  // A stack that is used up touches the page below its end, whatever thread's it is; large frames may skip a few.
  const auto address = reinterpret_cast<uintptr_t>(info->si_addr), pointer = stack_pointer(context);
  if (number == SIGSEGV && address + kFrame > pointer && address < pointer + kPageBytes) {
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
  // Where the stack has run out, a handler needs another one; Lean's own threads have theirs.
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

void forget_output() {
  if (lseek(2, 0, SEEK_CUR) > 0 && ftruncate(2, 0) == 0) lseek(2, 0, SEEK_SET);
}

int64_t processor_nanos() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<int64_t>(used.tv_sec) * 1000000000 + used.tv_nsec;
}

// Whether nothing of this process runs but this thread, or soon so: code of candidates may have left some running, and
// what that spoils would be put down to the next job.
bool is_quiet() {
  const timespec moment{0, 200'000};
  for (int looks = 0; looks < 50; looks++) {
    const int64_t before = processor_nanos();
    nanosleep(&moment, nullptr);
    if (processor_nanos() - before < 100'000) return true;
  }
  return false;
}

}  // namespace

void Executor::serve(const std::function<void()>& begin) {
  current = this;
  memory_file_ = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  shared_at_fork_ = 0;
  shared_at_fork_ = used_bytes();
  catch_faults();
  begin();
  // As long as the longest request; only what is used of it takes memory.
  request_.reset(new uint8_t[mailbox_.request_bytes()]);
  for (uint32_t jobs = 1;; jobs++) {
    while (!mailbox_.wait_request(1000)) continue;
    answer();
    const bool spent = mailbox_.is_spent(jobs, used_bytes()) || (runner_.ran_text() && !is_quiet());
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

// The memory that this process has taken since it was forked. Its parent's pages are there all the same.
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
