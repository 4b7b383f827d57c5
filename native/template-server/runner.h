// One command in one copy: fenced in, watched, and gone afterwards with all that it started.
//
//   template server
//     `-- keeper       one for each copy (keeper.h); where the kernel lets it, the first process of a PID namespace
//           `-- command, in a session and process group of its own
//
// The keeper adopts what the command leaves behind (as the namespace's first process, or as a subreaper), so nothing
// gets away by leaving the group. It ends everything when the command ends, when a limit is hit, and when it is told
// to stop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "../os/sandbox.h"
#include "wire.h"

namespace leanfuzz::server {

// 0 is no limit.
struct Limits {
  uint32_t wall_millis, cpu_seconds, processes, output_bytes;
  uint64_t address_bytes, file_bytes, copy_bytes;
};

// The means of this machine to fence a command in.
struct Sandbox {
  int landlock = 0;  // its version, 0 for none
  bool seccomp = false;
  os::Isolation isolation = os::Isolation::kNone;
};
Sandbox best_sandbox();

struct Command {
  std::vector<std::string> arguments, environment;
  Limits limits;
  bool network;

  // False for a malformed request.
  bool read(Reader& words);
};

// Where a command runs.
struct Place {
  std::string project, temporary;
  // Bytes of the copy before anything ran.
  uint64_t pristine_bytes;
  Sandbox sandbox;
};

// How a command ended. Part of the protocol.
enum class Ending : uint32_t {
  kExited = 0,     // code: its status
  kSignalled = 1,  // code: the signal
  kWallClock = 2,
  kDiskFull = 3,    // the copy became too large, or its file system too full
  kProcesses = 4,   // too many processes; code: how many were allowed
  kNotStarted = 5,  // code: errno; the message says of what
  kLost = 6,        // stopped, or its keeper died: the server says so in its place
};

// Runs a command to its end and returns its result as README.md lays it out. `stop` is a descriptor that becomes
// readable when the command is to be ended at once. The calling process must be a keeper: it kills and reaps all of
// its children.
std::string run_command(const Command& command, const Place& place, int stop);

// A result without numbers, for what never ran.
std::string empty_result(Ending ending, uint32_t code, const std::string& message);

}  // namespace leanfuzz::server
