// The template server: keeps copies of a template ready, lends them, and runs commands in them. README.md tells the
// protocol. One thread, one loop, which never does what takes long: copying, restoring and running are the work of the
// copies' keepers.
//
//            TAKE                RETURN, or the connection ends
//   ready ---------> lent -------------------------------------> restoring --> ready
//                                                                    `-------> broken, and tried again later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "copy.h"
#include "keeper.h"
#include "store.h"

namespace leanfuzz::server {

constexpr uint32_t kMagic = 0x5354464c;  // "LFTS"
constexpr uint32_t kVersion = 1;

// The option word: what this machine gives.
enum Option : uint32_t {
  kReflink = 1,
  kInMemory = 2,
  kLandlock = 4,
  kSignalScope = 8,
  kNoNetwork = 16,
  kPidNamespace = 32,
};

uint32_t sandbox_options(const Sandbox& sandbox);

enum class Request : uint32_t { kTake = 1, kWrite = 2, kRun = 3, kReturn = 4, kSeal = 5, kStatus = 6 };

struct Copy {
  // kAbandoned: its client is gone, and its command is being ended.
  enum class State { kReady, kLent, kAbandoned, kRestoring, kBroken } state = State::kBroken;
  std::string name;  // of its folder in the store
  Ledger* ledger = nullptr;
  pid_t keeper = 0;
  int channel = -1;
  bool running = false;
  bool alone = true;  // it was last restored while no other one was
  std::string incoming;
  int64_t retry_at = 0;  // of a broken one, by file_clock()
};

// A client. It holds at most one copy, and runs at most one command in it.
struct Connection {
  int socket = -1;
  std::string incoming, outgoing;
  bool waits_for_copy = false, closed = false;
  Copy* copy = nullptr;

  bool busy() const { return waits_for_copy || (copy != nullptr && copy->running); }
};

// The failure and its cause, in one line.
std::string problem(const std::string& what, int error);

class Server {
 public:
  // Copies `source` into a store and listens; what went wrong, or an empty text.
  std::string open(const std::string& source, const std::vector<std::string>& bases, uint32_t expected_copies,
                   uint32_t allowed_fences);
  uint32_t options() const;
  std::string socket_path() const { return store_.folder() + "/socket"; }

  // Serves until standard input ends: its other end is the primary's, and closes however the primary ends.
  void serve();

 private:
  void accept_clients();
  void receive(Connection& client);
  void send(Connection& client);
  void handle_frames(Connection& client);
  void handle(Connection& client, const char* frame, size_t length);
  void reply(Connection& client, const std::string& content);
  void refuse(Connection& client, const std::string& problem);
  void drop(Connection& client);

  std::string write_file(const Copy& copy, const std::string& path, const std::string& bytes) const;
  std::string seal(uint32_t copies);
  std::string run(Copy& copy, const std::string& command);
  void give_back(Copy& copy);
  std::string status() const;

  std::vector<Copy*> all_copies();
  bool ensure_keeper(Copy& copy);
  void restore_copy(Copy& copy);
  void receive_from_keeper(Copy& copy);
  void answered(Copy& copy, const std::string& content);
  void lose_keeper(Copy& copy);
  void break_copy(Copy& copy, const std::string& why);
  void hand_out();
  void retry_broken();
  void end_keepers();

  Store store_;
  Listing listing_;
  Sandbox sandbox_;
  os::CopyMethod method_ = os::CopyMethod::kCopyRange;
  int listener_ = -1, master_project_ = -1;
  bool sealed_ = false;
  // Lent like a copy until it is sealed: in it the template is built.
  Copy master_;
  std::vector<std::unique_ptr<Copy>> copies_;
  std::vector<std::unique_ptr<Connection>> clients_;
  std::string last_problem_;
};

}  // namespace leanfuzz::server
