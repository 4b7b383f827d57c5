// Copies of a template, and their way back to what they were.
//
//   <store>/master/             what every copy is made from; private, so that nobody changes it behind our back
//   <store>/copy-<n>/project    a copy, in which one test runs
//   <store>/copy-<n>/tmp        the test's temporary folder
//
// When the master is sealed, the `Listing` is taken: every entry, in order, parents first. Each copy has a `Ledger`
// in shared memory, one row for each entry: what stat(2) said when it was last known to be as in the master.
//
// restore() walks a copy and writes down what differs from its ledger (the journal): entries that are missing, that
// are new, and whose inode, size, mode, time of modification or time of status change differ. Only those are removed
// and copied. The time of status change can't be set by a test, so a change can't be hidden; what happened
// within one tick of the clock could be, so entries that were written shortly before the copy was handed out count as
// changed. An empty copy differs from its ledger in everything: making and restoring are one function.
//
// restore() runs in a forked child. It takes as long as the test's mess demands, and may fail or die without harm
// to the server; the ledger is how it tells what it did.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/stat.h>

#include "../os/tree.h"

namespace leanfuzz::server {

// One entry of the master.
struct Entry {
  std::string path;  // relative to the project
  mode_t mode;
  std::string link_target;
};

struct Listing {
  std::vector<Entry> entries;
  std::unordered_map<std::string, size_t> index;
  uint64_t bytes = 0;  // on disk

  // Takes the listing of a folder: 0 or -errno; -EINVAL for what is neither file, folder nor symbolic link.
  int take(int project);
};

// The answer of stat(2) to an entry of a copy; all zero for one that was never made.
struct Row {
  uint64_t inode, size;
  int64_t modified, changed;  // nanoseconds
  uint32_t mode, written;
};

struct Ledger {
  int64_t handed_out;  // nanoseconds of the clock that files are stamped with
  // The work of the last restore.
  uint32_t journal_entries, restore_micros;
  int32_t error;
  char error_path[116];
  Row rows[1];

  static Ledger* create(size_t rows);
  static void destroy(Ledger* ledger, size_t rows);
};

// Makes `copy` (the folder that holds project/ and tmp/) what `master` is; 0 or -errno, also in the ledger.
int restore(const Listing& listing, int master, int copy, Ledger& ledger, os::CopyMethod method);

// Now, by the clock that files are stamped with.
int64_t file_clock();

}  // namespace leanfuzz::server
