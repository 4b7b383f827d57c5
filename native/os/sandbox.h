// The means of Linux to fence in a process that runs code nobody trusts. Each part may be missing on a machine; the
// caller asks first, names what is missing, and goes on without it.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace leanfuzz::os {

// Landlock's version (its ABI number), 0 where the kernel has none.
int landlock_version();

// From here on, this process and its descendants change files only below `writable` (and write to /dev/null); with
// Landlock 4 they make no TCP connections unless `network` says so, with Landlock 6 they signal only each other.
// Reading stays free. Takes effect for good; -errno where it did not.
int fence_in(const std::vector<std::string>& writable, bool network);

// How fork_isolated makes namespaces: not at all, as a privileged process, or inside a user namespace of its own.
enum class Isolation { kNone, kPrivileged, kUserNamespace };

// The best that this process may do; tries it with a child.
Isolation best_isolation();

// fork(2) into a PID namespace of its own, whose first process the child is: when it ends, the kernel ends all that
// it started. /proc is that namespace's: programs look themselves up there by their number (Lean does, and does not start
// where somebody else has it), and nobody else's processes show. With kNone an ordinary fork.
pid_t fork_isolated(Isolation isolation);

}  // namespace leanfuzz::os
