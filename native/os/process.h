// A process's questions to the kernel about itself and its children.
#pragma once

#include <vector>

#include <sys/types.h>

namespace leanfuzz::os {

// This process gets SIGKILL when its parent ends. Returns false where the parent is already another one
// than `expected_parent`: it died before the request was in place, and no signal will come.
bool die_with_parent(pid_t expected_parent);

// Closes all descriptors from `first` on.
void close_from(int first);

// V8 maps its heaps and the memory of WebAssembly with MADV_DONTFORK: a forked child would not have them and
// would die at its first JavaScript instruction. Takes that flag off every mapping of this process that
// carries it; returns how many there were, or -errno.
int make_mappings_forkable();

// How many other threads of this process are not asleep in the kernel. A thread that runs may hold a lock
// that a forked child would then wait for forever. -errno where /proc can't be read.
int count_running_threads();

// The processes below `root`, also dead ones that nobody has reaped (they take a number each, and processes that fork
// endlessly die in thousands), in no particular order, numbered as /proc numbers them.
std::vector<pid_t> descendants(pid_t root);

// This process' number as /proc knows it: in a PID namespace of its own, getpid() tells another.
pid_t pid_in_proc();

}  // namespace leanfuzz::os
