#include "fork_server.h"

#include <cerrno>
#include <csignal>
#include <ctime>

#include <sys/wait.h>
#include <unistd.h>

#include "../os/futex.h"
#include "../os/process.h"

namespace leanfuzz {

namespace {

Word* child_bell = nullptr;

void on_child_signal(int) {
  const int saved = errno;
  os::ring(*child_bell);
  errno = saved;
}

uint64_t now_micros() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000 + static_cast<uint64_t>(now.tv_nsec) / 1000;
}

// Compiler threads may still be busy with what the warm-up asked for. Waits for a moment in which all
// sleep; after `limit_micros` it gives up, and the worker's own time limit guards against a child that hangs.
void wait_for_quiet_threads(uint64_t limit_micros) {
  const uint64_t start = now_micros();
  while (os::count_running_threads() > 0 && now_micros() - start < limit_micros) usleep(500);
}

}  // namespace

int ForkServer::serve() {
  Header& header = region_.header();
  zygote_ = getpid();
  const int forkable = os::make_mappings_forkable();
  if (forkable < 0) return forkable - 1;
  child_bell = &header.zygote_bell;
  signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; the primary decides what it means
  signal(SIGCHLD, on_child_signal);
  header.zygote_pid.store(static_cast<uint32_t>(zygote_));
  header.zygote_state.store(kZygoteReady);
  os::ring(header.primary_bell);

  while (header.stop.load() != kNow) {
    header.zygote_beat.fetch_add(1);
    const uint32_t bell = header.zygote_bell.load();
    while (reap(WNOHANG)) continue;
    for (uint32_t executor = 0; executor < region_.executor_count(); executor++) {
      WorkerSlot& slot = region_.slot(executor);
      put_right(executor);
      if (slot.executor_kill.load() == children_[executor].generation) kill_executor(executor);
      if (slot.executor_wanted.load() == slot.executor_generation.load()) continue;
      if (replace_executor(executor)) return static_cast<int>(executor);
    }
    os::futex_wait(header.zygote_bell, bell, 1000);
  }
  for (uint32_t executor = 0; executor < region_.executor_count(); executor++) kill_executor(executor);
  while (reap(0)) continue;
  return kCampaignOver;
}

void ForkServer::put_right(uint32_t executor) {
  WorkerSlot& slot = region_.slot(executor);
  const Child& child = children_[executor];
  if (child.pid != 0 || slot.executor_state.load() != kExecutorRunning) return;
  // Nobody is there, and its worker waits for somebody.
  slot.executor_wait_status.store(child.status);
  slot.executor_state.store(kExecutorDead);
  os::ring(region_.mailbox(executor).bell());
}

bool ForkServer::replace_executor(uint32_t executor) {
  Header& header = region_.header();
  WorkerSlot& slot = region_.slot(executor);
  Child& mine = children_[executor];
  const uint32_t generation = slot.executor_wanted.load();
  kill_executor(executor);
  while (mine.pid != 0 && reap(0)) continue;
  // The old executor is dead, and its worker waits: nobody reads or writes, and the new one finds nothing of the old.
  region_.mailbox(executor).reset();
  wait_for_quiet_threads(200000);
  before_fork_();
  const uint64_t start = now_micros();
  const pid_t child = fork();
  const int fork_error = errno;
  if (child == 0) {
    signal(SIGCHLD, SIG_DFL);
    // A zygote that was killed between fork and here would leave this child behind.
    if (!os::die_with_parent(zygote_)) _exit(1);
    return true;
  }
  header.fork_micros.store(static_cast<uint32_t>(now_micros() - start));
  if (child < 0) {
    // No process to be had now: the request stays open and is tried again; the worker is told, and decides how long.
    slot.executor_wait_status.store(static_cast<uint32_t>(fork_error));
    slot.executor_state.store(kExecutorRefused);
    os::ring(region_.mailbox(executor).bell());
    return false;
  }
  header.forks.fetch_add(1);
  mine = {child, generation, 0};
  slot.executor_pid.store(static_cast<uint32_t>(child));
  slot.executor_state.store(kExecutorRunning);
  slot.executor_generation.store(generation);
  os::ring(region_.mailbox(executor).bell());
  return false;
}

void ForkServer::kill_executor(uint32_t executor) {
  // The pid is still ours: only reap() lets go of it, and it runs on this thread.
  if (children_[executor].pid != 0) kill(children_[executor].pid, SIGKILL);
}

bool ForkServer::reap(int options) {
  int status = 0;
  const pid_t child = waitpid(-1, &status, options);
  if (child <= 0) return false;
  for (uint32_t executor = 0; executor < region_.executor_count(); executor++) {
    if (children_[executor].pid != child) continue;
    children_[executor].pid = 0;
    children_[executor].status = static_cast<uint32_t>(status);
    WorkerSlot& slot = region_.slot(executor);
    slot.executor_wait_status.store(static_cast<uint32_t>(status));
    slot.executor_state.store(kExecutorDead);
    os::ring(region_.mailbox(executor).bell());
  }
  return true;
}

}  // namespace leanfuzz
