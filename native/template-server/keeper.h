// The keeper of one copy: a process that lives as long as its copy is used, runs the commands in it, and restores it.
// So a test costs no fork of the server, and nothing that goes wrong in a copy touches the server or another copy.
//
//   server -> keeper   length, kind (KeeperRequest), content      one at a time, and kStop at any time
//   keeper -> server   length, content: what the client gets, or the error word of a restore
#pragma once

#include <string>

#include <sys/types.h>

#include "copy.h"
#include "runner.h"

namespace leanfuzz::server {

enum class KeeperRequest : uint32_t { kRun = 1, kRestore = 2, kStop = 3 };

struct KeeperTask {
  const Listing& listing;
  Place place;
  // The store's folder and that of the copy in it.
  int store;
  std::string name;
  // Null for the master, which is never restored.
  Ledger* ledger;
  int master_project;
  os::CopyMethod method;
};

// Forks a keeper; `channel` becomes the server's end of its connection. Returns its pid or -errno.
pid_t start_keeper(const KeeperTask& task, int& channel);

// Sends a frame; false where the keeper is gone.
bool send_frame(int channel, const std::string& content);

}  // namespace leanfuzz::server
