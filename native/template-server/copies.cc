// The server's copies: made, lent, restored, lost and made again.
#include "server.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire.h"

namespace leanfuzz::server {

namespace {

constexpr int64_t kRetryNanos = 1'000'000'000;
// How often keepers that have to end are woken.
constexpr useconds_t kWakeMicros = 5'000;

}  // namespace

std::string problem(const std::string& what, int error) { return what + ": " + strerror(error); }

std::string Server::seal(uint32_t copies) {
  if (master_.state != Copy::State::kReady) return "seal: the master is lent";
  if (copies == 0 || copies > 1024) return "seal: from 1 to 1024 copies";
  if (!sealed_) {
    const int result = listing_.take(master_project_);
    if (result != 0) return problem("seal: the built template", -result);
  }
  sealed_ = true;
  for (uint32_t i = static_cast<uint32_t>(copies_.size()); i < copies; i++) {
    auto copy = std::make_unique<Copy>();
    copy->name = "copy-" + std::to_string(i);
    copy->ledger = Ledger::create(listing_.entries.size());
    if (copy->ledger == nullptr) return problem("seal", errno);
    if (mkdirat(store_.descriptor(), copy->name.c_str(), 0700) != 0) return problem("seal: " + copy->name, errno);
    restore_copy(*copy);
    copies_.push_back(std::move(copy));
  }
  return "";
}

std::string Server::run(Copy& copy, const std::string& command) {
  if (!ensure_keeper(copy)) return last_problem_;
  const std::string frame = Writer().word(static_cast<uint32_t>(KeeperRequest::kRun)).bytes() + command;
  // Where the keeper has just died, its end is noticed by the loop, and answered there.
  copy.running = true;
  send_frame(copy.channel, frame);
  return "";
}

void Server::give_back(Copy& copy) {
  if (copy.running) {
    copy.state = Copy::State::kAbandoned;
    send_frame(copy.channel, Writer().word(static_cast<uint32_t>(KeeperRequest::kStop)).bytes());
  } else if (&copy == &master_) {
    copy.state = Copy::State::kReady;
  } else {
    restore_copy(copy);
  }
}

std::vector<Copy*> Server::all_copies() {
  std::vector<Copy*> all = {&master_};
  for (const auto& copy : copies_) all.push_back(copy.get());
  return all;
}

bool Server::ensure_keeper(Copy& copy) {
  if (copy.keeper > 0) return true;
  const std::string folder = store_.folder() + "/" + copy.name;
  const Place place{folder + "/project", folder + "/tmp", listing_.bytes, sandbox_};
  const KeeperTask task{listing_, place, store_.descriptor(), copy.name, copy.ledger, master_project_, method_};
  copy.keeper = start_keeper(task, copy.channel);
  if (copy.keeper > 0) return true;
  last_problem_ = problem(copy.name + ": its keeper", -copy.keeper);
  copy.keeper = 0;
  return false;
}

void Server::restore_copy(Copy& copy) {
  copy.state = Copy::State::kRestoring;
  copy.alone = true;
  for (const auto& other : copies_) {
    if (other.get() != &copy && other->state == Copy::State::kRestoring) copy.alone = other->alone = false;
  }
  if (!ensure_keeper(copy)) return break_copy(copy, last_problem_);
  send_frame(copy.channel, Writer().word(static_cast<uint32_t>(KeeperRequest::kRestore)).bytes());
}

void Server::receive_from_keeper(Copy& copy) {
  char buffer[65536];
  ssize_t length;
  while ((length = read(copy.channel, buffer, sizeof buffer)) > 0) copy.incoming.append(buffer, static_cast<size_t>(length));
  const bool gone = length == 0 || (errno != EAGAIN && errno != EINTR);
  const size_t size = copy.incoming.size() < 4 ? 0 : 4 + Reader(copy.incoming.data(), 4).word();
  if (size > 0 && copy.incoming.size() >= size) {
    const std::string content = copy.incoming.substr(4, size - 4);
    copy.incoming.clear();
    answered(copy, content);
  }
  if (gone) lose_keeper(copy);
}

// A keeper has run a command or restored its copy.
void Server::answered(Copy& copy, const std::string& content) {
  if (!copy.running) {
    const int error = static_cast<int>(Reader(content.data(), content.size()).word());
    if (error == 0) copy.state = Copy::State::kReady;
    else break_copy(copy, problem(copy.name + "/" + copy.ledger->error_path, error));
    return;
  }
  copy.running = false;
  if (copy.state == Copy::State::kAbandoned) return give_back(copy);
  for (const auto& client : clients_) {
    if (client->copy != &copy) continue;
    client->outgoing += Writer().word(static_cast<uint32_t>(content.size())).bytes() + content;
    send(*client);
    handle_frames(*client);
  }
}

void Server::lose_keeper(Copy& copy) {
  close(copy.channel);
  copy.channel = -1;
  copy.incoming.clear();
  kill(copy.keeper, SIGKILL);
  waitpid(copy.keeper, nullptr, 0);
  copy.keeper = 0;
  if (copy.running) answered(copy, Writer().word(0).bytes() + empty_result(Ending::kLost, 0, "its keeper died"));
  else if (copy.state == Copy::State::kRestoring) break_copy(copy, copy.name + ": its keeper died");
}

void Server::break_copy(Copy& copy, const std::string& why) {
  last_problem_ = why;
  copy.state = Copy::State::kBroken;
  copy.retry_at = file_clock() + kRetryNanos;
}

void Server::hand_out() {
  for (const auto& client : clients_) {
    if (!client->waits_for_copy) continue;
    Copy* found = nullptr;
    Copy* crowded_out = nullptr;
    bool hope = !sealed_;
    if (!sealed_ && master_.state == Copy::State::kReady) found = &master_;
    for (const auto& copy : copies_) {
      if (copy->state == Copy::State::kReady) found = copy.get();
      hope = hope || copy->state != Copy::State::kBroken;
      if (copy->state == Copy::State::kBroken && !copy->alone) crowded_out = copy.get();
    }
    // Copies that were made at once took the room from each other: one alone may have enough.
    if (!hope && crowded_out != nullptr) {
      restore_copy(*crowded_out);
      hope = crowded_out->state != Copy::State::kBroken;
    }
    if (found == nullptr && hope) return;  // nobody else gets one either
    client->waits_for_copy = false;
    if (found == nullptr) {
      refuse(*client, "no copy can be made: " + last_problem_);
      continue;
    }
    found->state = Copy::State::kLent;
    if (found->ledger != nullptr) found->ledger->handed_out = file_clock();
    client->copy = found;
    const std::string folder = store_.folder() + "/" + found->name;
    reply(*client, Writer().text(folder + "/project").text(folder + "/tmp").bytes());
  }
}

void Server::retry_broken() {
  Copy* due = nullptr;
  for (const auto& copy : copies_) {
    if (copy->state == Copy::State::kBroken && (due == nullptr || copy->retry_at < due->retry_at)) due = copy.get();
  }
  if (due == nullptr || file_clock() < due->retry_at) return;
  // One at a time: they may be short of room.
  for (const auto& copy : copies_) {
    if (copy->state == Copy::State::kBroken) copy->retry_at = file_clock() + kRetryNanos;
  }
  restore_copy(*due);
}

void Server::end_keepers() {
  // A keeper ends its command when its connection ends; in a PID namespace its own end is enough.
  for (const Copy* copy : all_copies()) {
    if (copy->channel >= 0) close(copy->channel);
  }
  for (;;) {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0 && errno != EINTR) return;
    for (Copy* copy : all_copies()) {
      if (copy->keeper == ended) copy->keeper = 0;
      // One that somebody has stopped would not see it.
      if (ended == 0 && copy->keeper > 0) kill(copy->keeper, SIGCONT);
    }
    if (ended != 0) continue;
    usleep(kWakeMicros);
  }
}

}  // namespace leanfuzz::server
