#include "server.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire.h"

namespace leanfuzz::server {

namespace {

constexpr uint32_t kMaxFrame = 64 << 20;

}  // namespace

std::string Server::open(const std::string& source, const std::vector<std::string>& bases, uint32_t expected_copies,
                         uint32_t allowed_fences) {
  const int from = ::open(source.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (from < 0) return problem(source, errno);
  int result = listing_.take(from);
  if (result == -EINVAL) return source + ": holds something that is neither file, folder nor symbolic link";
  if (result != 0) return problem(source, -result);
  const std::string opened = store_.open(bases, {listing_.bytes * (expected_copies + 1), listing_.entries.size() * (expected_copies + 1)});
  if (!opened.empty()) return opened;

  sandbox_ = best_sandbox();
  if ((allowed_fences & kLandlock) == 0) sandbox_.landlock = 0;
  if ((allowed_fences & kNoNetwork) == 0) sandbox_.seccomp = false;
  if ((allowed_fences & kPidNamespace) == 0) sandbox_.isolation = os::Isolation::kNone;
  method_ = os::best_copy_method(store_.descriptor());
  master_.name = "master";
  mkdirat(store_.descriptor(), "master", 0700);
  const int folder = openat(store_.descriptor(), "master", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  Ledger* ledger = Ledger::create(listing_.entries.size());
  if (folder < 0 || ledger == nullptr) return problem("master copy", errno);
  result = restore(listing_, from, folder, *ledger, method_);
  const std::string where = ledger->error_path;
  Ledger::destroy(ledger, listing_.entries.size());
  close(from);
  master_project_ = openat(folder, "project", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  close(folder);
  if (result != 0) return problem("copying " + source + "/" + where + " to " + store_.folder(), -result);
  master_.state = Copy::State::kReady;

  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket_path();
  if (path.size() >= sizeof address.sun_path) return path + ": too long for a socket";
  path.copy(address.sun_path, path.size());
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener_ < 0 || bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 128) != 0) {
    return problem(path, errno);
  }
  return "";
}

uint32_t sandbox_options(const Sandbox& sandbox) {
  return (sandbox.landlock > 0 ? kLandlock : 0U) | (sandbox.landlock >= 6 ? kSignalScope : 0U) |
         (sandbox.seccomp ? kNoNetwork : 0U) | (sandbox.isolation != os::Isolation::kNone ? kPidNamespace : 0U);
}

uint32_t Server::options() const {
  return (method_ == os::CopyMethod::kReflink ? kReflink : 0U) | (store_.in_memory() ? kInMemory : 0U) |
         sandbox_options(sandbox_);
}

void Server::serve() {
  for (;;) {
    std::vector<pollfd> events = {{0, 0, 0}, {listener_, POLLIN, 0}};
    for (const auto& client : clients_) {
      // Nothing is read while a request is open: replies stay in the order of requests.
      const int wanted = (client->busy() ? 0 : POLLIN) | (client->outgoing.empty() ? 0 : POLLOUT);
      events.push_back({client->socket, static_cast<short>(wanted), 0});
    }
    const std::vector<Copy*> copies = all_copies();
    for (const Copy* copy : copies) events.push_back({copy->channel, POLLIN, 0});
    if (poll(events.data(), events.size(), 500) < 0 && errno != EINTR) break;
    if (events[0].revents != 0) break;
    const size_t known = clients_.size();
    for (size_t i = 0; i < copies.size(); i++) {
      if (events[2 + known + i].revents != 0) receive_from_keeper(*copies[i]);
    }
    for (size_t i = 0; i < known; i++) {
      Connection& client = *clients_[i];
      const short event = events[2 + i].revents;
      if ((event & POLLOUT) != 0) send(client);
      if ((event & POLLIN) != 0) receive(client);
      else if ((event & (POLLHUP | POLLERR)) != 0) client.closed = true;
    }
    for (size_t i = clients_.size(); i-- > 0;) {
      if (!clients_[i]->closed) continue;
      drop(*clients_[i]);
      clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (events[1].revents != 0) accept_clients();
    retry_broken();
    hand_out();
  }
  end_keepers();
  store_.remove();
}

// ---- connections

void Server::accept_clients() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0) return;
    clients_.push_back(std::make_unique<Connection>());
    clients_.back()->socket = socket;
  }
}

void Server::receive(Connection& client) {
  char buffer[65536];
  for (;;) {
    const ssize_t length = read(client.socket, buffer, sizeof buffer);
    if (length > 0) client.incoming.append(buffer, static_cast<size_t>(length));
    if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) client.closed = true;
    if (length < static_cast<ssize_t>(sizeof buffer)) break;
  }
  handle_frames(client);
}

void Server::handle_frames(Connection& client) {
  while (!client.closed && !client.busy() && client.incoming.size() >= 4) {
    const uint32_t length = Reader(client.incoming.data(), 4).word();
    if (length > kMaxFrame) client.closed = true;
    if (client.closed || client.incoming.size() < 4 + length) return;
    const std::string frame = client.incoming.substr(4, length);
    client.incoming.erase(0, 4 + length);
    handle(client, frame.data(), frame.size());
  }
}

void Server::send(Connection& client) {
  const ssize_t sent = ::send(client.socket, client.outgoing.data(), client.outgoing.size(), MSG_NOSIGNAL);
  if (sent > 0) client.outgoing.erase(0, static_cast<size_t>(sent));
  else if (errno != EAGAIN && errno != EINTR) client.closed = true;
}

void Server::reply(Connection& client, const std::string& content) {
  client.outgoing += Writer().word(static_cast<uint32_t>(content.size() + 4)).word(0).bytes() + content;
  send(client);
}

void Server::refuse(Connection& client, const std::string& text) {
  const std::string content = Writer().word(1).text(text).bytes();
  client.outgoing += Writer().word(static_cast<uint32_t>(content.size())).bytes() + content;
  send(client);
}

void Server::drop(Connection& client) {
  close(client.socket);
  if (client.copy != nullptr) give_back(*client.copy);
}

// ---- requests

void Server::handle(Connection& client, const char* frame, size_t length) {
  Reader words(frame, length);
  const auto kind = static_cast<Request>(words.word());
  std::string wrong;
  if (kind == Request::kTake && client.copy == nullptr) {
    client.waits_for_copy = true;
    return hand_out();
  }
  if (kind == Request::kStatus) return reply(client, status());
  if (kind == Request::kSeal) {
    const uint32_t copies = words.word();
    wrong = words.good() && client.copy == nullptr ? seal(copies) : "seal: the client holds a copy";
  } else if (client.copy == nullptr) {
    wrong = "the client holds no copy";
  } else if (kind == Request::kReturn) {
    give_back(*client.copy);
    client.copy = nullptr;
  } else if (kind == Request::kWrite) {
    const std::string path = words.text(), bytes = words.text();
    wrong = words.good() ? write_file(*client.copy, path, bytes) : "write: a malformed request";
  } else if (kind == Request::kRun) {
    wrong = run(*client.copy, std::string(frame + 4, length - 4));
    if (wrong.empty()) return;
  } else {
    wrong = "an unknown request";
  }
  if (wrong.empty()) reply(client, "");
  else refuse(client, wrong);
}

std::string Server::write_file(const Copy& copy, const std::string& path, const std::string& bytes) const {
  int folder = openat(store_.descriptor(), (copy.name + "/project").c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  size_t start = 0;
  for (size_t slash; folder >= 0 && (slash = path.find('/', start)) != std::string::npos; start = slash + 1) {
    const std::string name = path.substr(start, slash - start);
    if (name.empty() || name == "." || name == "..") return close(folder), "write: " + path + ": not a path inside the copy";
    mkdirat(folder, name.c_str(), 0755);
    const int below = openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const int error = errno;
    close(folder);
    folder = below;
    errno = error;
  }
  if (folder < 0) return problem("write: " + path, errno);
  const std::string name = path.substr(start);
  if (name.empty() || name == "." || name == "..") return close(folder), "write: " + path + ": not a path inside the copy";
  // A new file, never the one that is there: that may be a link.
  unlinkat(folder, name.c_str(), 0);
  const int file = openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  int error = file < 0 ? errno : 0;
  for (size_t done = 0; error == 0 && done < bytes.size();) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno != EINTR) error = errno;
    if (written > 0) done += static_cast<size_t>(written);
  }
  if (file >= 0) close(file);
  close(folder);
  return error == 0 ? "" : problem("write: " + path, error);
}

std::string Server::status() const {
  uint32_t counts[5] = {};
  uint32_t micros = 0, journal = 0;
  for (const auto& copy : copies_) {
    counts[static_cast<int>(copy->state)]++;
    if (copy->state != Copy::State::kReady) continue;
    micros = std::max(micros, copy->ledger->restore_micros);
    journal = std::max(journal, copy->ledger->journal_entries);
  }
  Writer words;
  for (const uint32_t count : counts) words.word(count);
  words.word(micros).word(journal).word(static_cast<uint32_t>(listing_.entries.size())).wide(listing_.bytes);
  return words.text(last_problem_).bytes();
}

}  // namespace leanfuzz::server
