// Where the copies are: a private folder of this server, below one that all servers of a user share.
//
//   <base>/lean-fuzz-lake-<uid>/          locked for a moment by whoever makes or removes a folder in it
//   <base>/lean-fuzz-lake-<uid>/XXXXXX/   one server's, of a name that no other has; locked for as long as it lives
//
// The locks are flock(2)s on the folders themselves, which end with their owner, however it ends. So a new server
// knows which folders belong to dead ones, and clears them away with what still runs in them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace leanfuzz::server {

struct Room {
  uint64_t bytes, entries;
};

class Store {
 public:
  ~Store() { remove(); }

  // Takes the first of `bases` with so much room in which it can have a folder; the last may have less. Clears what dead
  // servers left in any of them. Returns what went wrong, or an empty text.
  std::string open(const std::vector<std::string>& bases, const Room& room);

  // Removes the folder, and the shared one where it is empty.
  void remove();

  const std::string& folder() const { return folder_; }
  int descriptor() const { return own_; }
  bool in_memory() const { return in_memory_; }

 private:
  std::string open_below(const std::string& base);

  std::string shared_, folder_;
  int own_ = -1;
  bool in_memory_ = false;
};

}  // namespace leanfuzz::server
