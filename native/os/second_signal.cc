#include "second_signal.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <sys/time.h>
#include <unistd.h>

namespace leanfuzz::os {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

// Written while the signals' handler is not ours; read by it.
struct sigaction previous[NSIG];
itimerval grace;
// Two threads may be in the handler at once.
std::atomic<int> received{0};
std::atomic<int> status{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler must not wait");

void on_time(int) { _exit(status); }

void on_signal(int number, siginfo_t* info, void* context) {
  const int saved = errno;
  const int count = ++received;
  if (count == 2) {
    status = 128 + number;
    setitimer(ITIMER_REAL, &grace, nullptr);
  } else if (count > 2) {
    _exit(128 + number);
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

void end_at_second_signal(unsigned grace_millis) {
  grace = {};
  setitimer(ITIMER_REAL, &grace, nullptr);
  received = 0;
  if (grace_millis == 0) return;
  grace.it_value.tv_sec = grace_millis / 1000;
  grace.it_value.tv_usec = static_cast<suseconds_t>(grace_millis % 1000) * 1000;
  struct sigaction action = {};
  sigfillset(&action.sa_mask);
  action.sa_handler = on_time;
  sigaction(SIGALRM, &action, nullptr);
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  action.sa_sigaction = on_signal;
  for (const int number : kSignals) {
    sigaction(number, nullptr, &previous[number]);
    sigaction(number, &action, nullptr);
  }
}

}  // namespace leanfuzz::os
