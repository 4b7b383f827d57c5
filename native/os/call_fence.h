// Which calls of the system a fenced command does not have: those that lead past its other fences, leave something behind, or
// are there for whoever runs a machine, and so are the kernel's least tried code.
#pragma once

namespace leanfuzz::os {

// From here on, this process and its descendants make no namespaces, look into no other process, load nothing into the kernel,
// mount nothing, and make nothing that outlives them; without `network` every new socket is EACCES. Pairs of connected
// sockets stay possible: they lead nowhere else. What is refused by number is ENOSYS, as if the kernel were older: programs know
// how to go on then. -errno where seccomp is missing.
int fence_calls(bool network);

// Whether the kernel takes the filter; asks in a child, so that nothing changes here.
bool can_fence_calls();

}  // namespace leanfuzz::os
