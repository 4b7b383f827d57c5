// The fork server: the loop of the zygote, a warmed process that does nothing but fork executors.
//
// A worker asks through its slot, and rings `zygote_bell`:
//   executor_wanted = g      "give me executor generation g" (an older one that still lives is killed first)
//   executor_kill   = g      "kill generation g" (its candidate ran out of time)
// The zygote answers in the slot, and rings the mailbox' bell:
//   executor_generation = g, executor_state = running, executor_pid
//   executor_state = refused, executor_wait_status = errno          (fork failed; it is tried again each time around, at least once a second)
//   executor_state = dead, executor_wait_status                     (as soon as waitpid has it)
//
// Only the zygote forks, kills and reaps, so a pid can't have been reused between a worker's decision to kill
// and the signal, and a death is known from waitpid, never guessed from silence. SIGCHLD rings the same bell
// that requests ring: one word to sleep on, and a request that arrives while the zygote is busy is not lost,
// because the bell's value is read before the requests are.
//
// `zygote_beat` is counted up each time around, for whoever looks whether the zygote is still there.
//
// Fork safety: the zygote runs no JavaScript while it serves; before a fork its other threads must be asleep
// (a lock that one of them held would stay locked in the child); V8's mappings are made forkable once.
// A child must never return to libuv's loop and leaves by _exit.
#pragma once

#include <functional>
#include <vector>

#include <sys/types.h>

#include "region.h"

namespace leanfuzz {

class ForkServer {
 public:
  // `before_fork` is called in the zygote before each fork.
  explicit ForkServer(Region region, std::function<void()> before_fork = [] {})
      : region_(region), before_fork_(std::move(before_fork)), children_(region.executor_count()) {}

  static constexpr int kCampaignOver = -1;

  // Announces the zygote as ready and serves requests. Returns the executor's index in a forked child, and
  // kCampaignOver in the zygote when the region's `stop` word says "now"; then no child is left.
  // Returns -errno - 1 where the mappings can't be made forkable.
  int serve();

 private:
  // Returns true in the child.
  bool replace_executor(uint32_t executor);
  void kill_executor(uint32_t executor);
  // Waits for one child (not at all with WNOHANG) and marks its slot; false where there was none.
  bool reap(int options);

  // Says again in a slot what is true of its executor: a word there may hold garbage.
  void put_right(uint32_t executor);

  struct Child {
    pid_t pid = 0;  // 0 is none
    uint32_t generation = 0;
    uint32_t status = 0;
  };

  Region region_;
  std::function<void()> before_fork_;
  // Processes to kill and to wait for are told by this alone, never by memory that others write.
  std::vector<Child> children_;
  pid_t zygote_ = 0;
};

}  // namespace leanfuzz
