#include "runner.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../os/call_fence.h"
#include "../os/capabilities.h"
#include "../os/process.h"
#include "../os/tree.h"

namespace leanfuzz::server {

namespace {

// How often processes and disk usage are looked at.
constexpr uint64_t kWatchMicros = 50'000;
// A copy with more entries than this is too large, whatever they hold.
constexpr uint64_t kMaxEntries = 200'000;
// The share that stays free on the copies' file system.
constexpr uint64_t kReservedBytes = 64 << 20;
// How long output is waited for when all writers are gone.
constexpr int kDrainMillis = 200;
// Children reaped before anything else is looked at: while a bomb of forks goes off, each may take a millisecond.
constexpr int kReapedAtOnce = 16;

uint64_t now_micros() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000 + static_cast<uint64_t>(now.tv_nsec) / 1000;
}

// The output of a command; all is counted, the beginning is kept.
struct Output {
  int pipe = -1;
  uint64_t total = 0;
  std::string kept;

  // False at the end of the file.
  bool take(size_t limit) {
    char buffer[65536];
    const ssize_t length = read(pipe, buffer, sizeof buffer);
    if (length < 0) return errno == EAGAIN || errno == EINTR;
    total += static_cast<uint64_t>(length);
    if (kept.size() < limit) kept.append(buffer, std::min<size_t>(static_cast<size_t>(length), limit - kept.size()));
    return length > 0;
  }
};

int set_limit(__rlimit_resource_t resource, uint64_t value) {
  if (value == 0) return 0;
  const rlimit limit{value, value};
  return setrlimit(resource, &limit) == 0 ? 0 : -errno;
}

// The arguments of exec, made before the child exists.
struct Prepared {
  std::vector<char*> arguments, environment;

  explicit Prepared(const Command& command) {
    for (const std::string& text : command.arguments) arguments.push_back(const_cast<char*>(text.c_str()));
    for (const std::string& text : command.environment) environment.push_back(const_cast<char*>(text.c_str()));
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
  }
};

// In the command's process, up to exec; it shares its memory with the keeper, which sleeps meanwhile. Returns what
// went wrong, with errno's value in `error`.
const char* become_command(const Command& command, const Prepared& prepared, const Place& place, pid_t keeper,
                           int output, int errors, int& error) {
  const auto failed = [&error](int result) { return result < 0 ? (error = -result, true) : false; };
  const auto failed_call = [&error](int result) { return result < 0 ? (error = errno, true) : false; };
  if (!os::die_with_parent(keeper)) return error = ESRCH, "its keeper";
  if (failed_call(setsid())) return "setsid";
  if (failed_call(chdir(place.project.c_str()))) return "entering the copy";
  const int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (failed_call(input) || failed_call(dup2(input, 0)) || failed_call(dup2(output, 1)) || failed_call(dup2(errors, 2))) {
    return "redirecting";
  }
  const Limits& limits = command.limits;
  if (failed(set_limit(RLIMIT_CPU, limits.cpu_seconds))) return "limiting processor time";
  if (failed(set_limit(RLIMIT_AS, limits.address_bytes))) return "limiting address space";
  if (failed(set_limit(RLIMIT_FSIZE, limits.file_bytes))) return "limiting file size";
  // Counts all processes of a user, and none of root's, unless it has its own user namespace: only there it is exact,
  // and elsewhere the keeper counts.
  if (place.sandbox.isolation == os::Isolation::kUserNamespace && limits.processes != 0 &&
      failed(set_limit(RLIMIT_NPROC, limits.processes + 1))) {
    return "limiting processes";
  }
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (place.sandbox.landlock > 0 && failed(os::fence_in({place.project, place.temporary}, command.network))) {
    return "Landlock";
  }
  if (place.sandbox.seccomp && failed(os::fence_calls(command.network))) return "seccomp";
  // Landlock and the filter have set that no program gets privileges; where there is neither, this does.
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || failed(os::drop_capabilities())) return "dropping capabilities";
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);
  execvpe(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  return error = errno, "starting the command";
}

class Runner {
 public:
  Runner(const Command& command, const Place& place, int stop) : command_(command), place_(place), stop_(stop) {}

  std::string run() {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, nullptr);
    signals_ = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    start_ = now_micros();
    start_command();
    while (!ended_) step();
    end_all();
    drain();
    for (const int descriptor : {signals_, output_.pipe, errors_.pipe}) {
      if (descriptor >= 0) close(descriptor);
    }
    return report();
  }

 private:
  void start_command() {
    int output[2], errors[2];
    if (signals_ < 0 || pipe2(output, O_CLOEXEC) != 0) return end(Ending::kNotStarted, errno_word(), "pipes");
    output_.pipe = output[0];
    if (pipe2(errors, O_CLOEXEC) != 0) return close(output[1]), end(Ending::kNotStarted, errno_word(), "pipes");
    errors_.pipe = errors[0];
    for (const int pipe : {output_.pipe, errors_.pipe}) fcntl(pipe, F_SETFL, O_NONBLOCK);
    const Prepared prepared(command_);
    const pid_t keeper = getpid();
    // Written by the child, whose memory is ours until it has called exec.
    volatile int error = 0;
    const char* volatile failure = nullptr;
    group_ = vfork();
    if (group_ == 0) {
      int reason = 0;
      failure = become_command(command_, prepared, place_, keeper, output[1], errors[1], reason);
      error = reason;
      _exit(127);
    }
    const int fork_error = errno;
    close(output[1]), close(errors[1]);
    pid_ = group_;
    if (pid_ < 0) return end(Ending::kNotStarted, static_cast<uint32_t>(fork_error), "vfork");
    if (failure != nullptr) end(Ending::kNotStarted, static_cast<uint32_t>(error), failure);
  }

  static uint32_t errno_word() { return static_cast<uint32_t>(errno); }

  void step() {
    const uint64_t now = now_micros();
    const uint64_t deadline = start_ + command_.limits.wall_millis * 1000ULL;
    if (command_.limits.wall_millis != 0 && now >= deadline) return end(Ending::kWallClock, 0, "");
    if (now >= next_watch_) watch();
    if (ended_) return;
    uint64_t sleep = next_watch_ > now ? next_watch_ - now : 1000;
    if (command_.limits.wall_millis != 0) sleep = std::min(sleep, deadline - now);
    pollfd events[] = {{signals_, POLLIN, 0}, {output_.pipe, POLLIN, 0}, {errors_.pipe, POLLIN, 0}, {stop_, POLLIN, 0}};
    if (poll(events, 4, more_dead_ ? 0 : static_cast<int>(sleep / 1000) + 1) <= 0 && !more_dead_) return;
    // Told to stop, or the server is gone.
    if (events[3].revents != 0) return end(Ending::kLost, 0, "stopped");
    for (Output* output : {&output_, &errors_}) {
      const pollfd& event = output == &output_ ? events[1] : events[2];
      if (event.revents == 0 || output->take(command_.limits.output_bytes)) continue;
      close(output->pipe);
      output->pipe = -1;
    }
    if (events[0].revents != 0 || more_dead_) reap();
  }

  // Some at a time: processes that fork endlessly die faster than they are reaped, and nobody would watch meanwhile.
  void reap() {
    signalfd_siginfo ignored;
    while (read(signals_, &ignored, sizeof ignored) > 0) continue;
    for (int reaped = 0; reaped < kReapedAtOnce; reaped++) {
      int status = 0;
      rusage usage{};
      const pid_t child = wait4(-1, &status, WNOHANG, &usage);
      more_dead_ = child > 0;
      if (child <= 0) return;
      if (child != pid_) continue;
      usage_ = usage;
      pid_ = 0;
      if (WIFSIGNALED(status)) end(Ending::kSignalled, static_cast<uint32_t>(WTERMSIG(status)), "");
      else end(Ending::kExited, static_cast<uint32_t>(WEXITSTATUS(status)), "");
    }
  }

  void watch() {
    const uint64_t start = now_micros();
    const Limits& limits = command_.limits;
    // Not in the first moments: most commands are over by then.
    if (start - start_ >= kWatchMicros / 2) {
      if (limits.processes != 0 && os::descendants(os::pid_in_proc()).size() > limits.processes) {
        return end(Ending::kProcesses, limits.processes, "");
      }
      if (limits.copy_bytes != 0 && too_large()) return end(Ending::kDiskFull, 0, "");
    }
    // Looking must not cost more than a tenth of the time.
    const uint64_t now = now_micros();
    next_watch_ = now + std::max(kWatchMicros, 10 * (now - start));
  }

  bool too_large() const {
    uint64_t bytes = 0, entries = 0;
    for (const std::string& folder : {place_.project, place_.temporary}) {
      const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (descriptor < 0) continue;
      const os::Usage usage = os::disk_usage(descriptor, kMaxEntries);
      close(descriptor);
      bytes += usage.bytes;
      entries += usage.entries;
    }
    if (bytes > place_.pristine_bytes + command_.limits.copy_bytes || entries >= kMaxEntries) return true;
    // Files that were removed while they are open take room and show in no folder.
    struct statvfs free {};
    return statvfs(place_.project.c_str(), &free) == 0 && free.f_bavail * free.f_frsize < kReservedBytes;
  }

  void end(Ending ending, uint32_t code, const std::string& message) {
    if (ended_) return;
    ended_ = true;
    ending_ = ending;
    code_ = code;
    message_ = message;
    wall_micros_ = now_micros() - start_;
  }

  // Kills and reaps whatever is left. A process with a signal that kills it pending can't fork any more, so one round
  // over all of a PID namespace is enough; where there is none, rounds go on until nobody is found.
  void end_all() {
    if (place_.sandbox.isolation != os::Isolation::kNone && getpid() == 1) {
      kill(-1, SIGKILL);
      reap_all(0);
      return;
    }
    // A whole group at once is what processes that fork endlessly can't outrun. Its number is its own as long as its leader
    // has not been reaped; later only if somebody is found in it.
    if (pid_ > 0) kill(-group_, SIGKILL);
    for (;;) {
      const std::vector<pid_t> left = os::descendants(os::pid_in_proc());
      const auto in_group = [this](pid_t pid) { return getpgid(pid) == group_; };
      if (group_ > 0 && std::any_of(left.begin(), left.end(), in_group)) kill(-group_, SIGKILL);
      for (const pid_t pid : left) kill(pid, SIGKILL);
      if (reap_all(WNOHANG) && left.empty()) return;
      usleep(1000);
    }
  }

  // True when no child is left; false also after some, where it does not wait.
  bool reap_all(int options) {
    for (int reaped = 0; options == 0 || reaped < 256 * kReapedAtOnce; reaped++) {
      rusage usage{};
      const pid_t child = wait4(-1, nullptr, options, &usage);
      if (child > 0 && child == pid_) usage_ = usage;
      if (child == 0) return false;
      if (child < 0 && errno == ECHILD) return true;
    }
    return false;
  }

  // All writers are dead: what the pipes still hold is there at once.
  void drain() {
    for (Output* output : {&output_, &errors_}) {
      pollfd event{output->pipe, POLLIN, 0};
      while (output->pipe >= 0 && poll(&event, 1, kDrainMillis) > 0 && output->take(command_.limits.output_bytes)) continue;
    }
  }

  std::string report() const {
    const auto micros = [](const timeval& time) {
      return static_cast<uint64_t>(time.tv_sec) * 1000000 + static_cast<uint64_t>(time.tv_usec);
    };
    Writer words;
    words.word(static_cast<uint32_t>(ending_)).word(code_).text(message_);
    words.wide(wall_micros_).wide(micros(usage_.ru_utime)).wide(micros(usage_.ru_stime));
    words.wide(static_cast<uint64_t>(usage_.ru_maxrss));
    words.wide(output_.total).wide(errors_.total).text(output_.kept).text(errors_.kept);
    return words.bytes();
  }

  const Command& command_;
  const Place& place_;
  const int stop_;
  int signals_ = -1;
  pid_t pid_ = 0, group_ = 0;
  Output output_, errors_;
  uint64_t start_ = 0, next_watch_ = 0, wall_micros_ = 0;
  bool ended_ = false, more_dead_ = false;
  Ending ending_ = Ending::kLost;
  uint32_t code_ = 0;
  std::string message_;
  rusage usage_{};
};

}  // namespace

bool Command::read(Reader& words) {
  arguments = words.texts();
  environment = words.texts();
  limits.wall_millis = words.word(), limits.cpu_seconds = words.word(), limits.processes = words.word();
  limits.output_bytes = words.word();
  limits.address_bytes = words.wide(), limits.file_bytes = words.wide(), limits.copy_bytes = words.wide();
  network = words.word() != 0;
  return words.good() && !arguments.empty();
}

std::string run_command(const Command& command, const Place& place, int stop) {
  return Runner(command, place, stop).run();
}

Sandbox best_sandbox() { return {os::landlock_version(), os::can_fence_calls(), os::best_isolation()}; }

std::string empty_result(Ending ending, uint32_t code, const std::string& message) {
  Writer words;
  words.word(static_cast<uint32_t>(ending)).word(code).text(message);
  for (int i = 0; i < 6; i++) words.wide(0);
  return words.text("").text("").bytes();
}

}  // namespace leanfuzz::server
