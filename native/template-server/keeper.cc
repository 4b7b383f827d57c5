#include "keeper.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../os/process.h"

namespace leanfuzz::server {

namespace {

// Reads exactly so much; false at the end of the connection.
bool receive(int channel, std::string& bytes, size_t length) {
  bytes.resize(length);
  for (size_t done = 0; done < length;) {
    const ssize_t got = read(channel, &bytes[done], length - done);
    if (got > 0) done += static_cast<size_t>(got);
    else if (got == 0 || errno != EINTR) return false;
  }
  return true;
}

std::string answer(const KeeperTask& task, int channel, const std::string& frame) {
  Reader words(frame.data(), frame.size());
  const auto kind = static_cast<KeeperRequest>(words.word());
  if (kind == KeeperRequest::kRun) {
    Command command;
    if (!command.read(words)) return Writer().word(1).text("run: a malformed request").bytes();
    return Writer().word(0).bytes() + run_command(command, task.place, channel);
  }
  const int folder = openat(task.store, task.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int result = folder < 0 ? -errno : 0;
  if (result == 0) result = restore(task.listing, task.master_project, folder, *task.ledger, task.method);
  if (folder >= 0) close(folder);
  return Writer().word(static_cast<uint32_t>(-result)).bytes();
}

// The server's descriptors are none of a keeper's business: among them are the other keepers' connections, and the
// lock of the store, which must end with the server.
void keep_only(int& channel, int& store, int& master_project) {
  const int kept[] = {fcntl(channel, F_DUPFD_CLOEXEC, 64), openat(store, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                      fcntl(master_project, F_DUPFD_CLOEXEC, 64)};
  const int store_moved = fcntl(kept[1], F_DUPFD_CLOEXEC, 64);
  if (kept[0] < 0 || store_moved < 0 || kept[2] < 0) _exit(1);
  dup3(kept[0], 3, O_CLOEXEC), dup3(store_moved, 4, O_CLOEXEC), dup3(kept[2], 5, O_CLOEXEC);
  channel = 3, store = 4, master_project = 5;
  // close_range(2), by its number: C libraries learned of it late, and so did kernels.
  if (syscall(436, 6U, ~0U, 0U) == 0) return;
  for (int descriptor = 6; descriptor < 4096; descriptor++) close(descriptor);
}

[[noreturn]] void keep(KeeperTask task, int channel) {
  keep_only(channel, task.store, task.master_project);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  std::string length, frame;
  while (receive(channel, length, 4) && receive(channel, frame, Reader(length.data(), 4).word())) {
    // One that came when the command had ended by itself.
    if (static_cast<KeeperRequest>(Reader(frame.data(), frame.size()).word()) == KeeperRequest::kStop) continue;
    if (!send_frame(channel, answer(task, channel, frame))) break;
  }
  _exit(0);
}

}  // namespace

pid_t start_keeper(const KeeperTask& task, int& channel) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -errno;
  const pid_t server = getpid();
  const pid_t keeper = os::fork_isolated(task.place.sandbox.isolation);
  if (keeper == 0) {
    // In a PID namespace the parent has no number. A server that is gone shows by the connection, too.
    if (!os::die_with_parent(task.place.sandbox.isolation == os::Isolation::kNone ? server : 0)) _exit(1);
    keep(task, ends[1]);
  }
  const int error = errno;
  close(ends[1]);
  if (keeper < 0) return close(ends[0]), -error;
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  channel = ends[0];
  return keeper;
}

bool send_frame(int channel, const std::string& content) {
  const std::string bytes = Writer().word(static_cast<uint32_t>(content.size())).bytes() + content;
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t sent = send(channel, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent > 0) done += static_cast<size_t>(sent);
    // The server's end does not block; a keeper reads as soon as it is free, which it is when it is asked.
    else if (errno == EAGAIN) usleep(100);
    else if (errno != EINTR) return false;
  }
  return true;
}

}  // namespace leanfuzz::server
