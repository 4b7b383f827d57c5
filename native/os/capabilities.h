// Capabilities: rights of a process beyond those of its user.
#pragma once

namespace leanfuzz::os {

// Gives up every capability of this process, for good: those that it has, those that programs which it starts would get
// (inheritable and ambient), and the bounding set, as far as it may be lowered. Root is an ordinary user then, who owns
// root's files. 0, or -errno.
int drop_capabilities();

}  // namespace leanfuzz::os
