// The end of a process that was told twice to end.
#pragma once

#include <sys/types.h>

namespace leanfuzz::os {

// From now on the second SIGINT, SIGTERM or SIGHUP gives the process `grace_millis` to end by itself; then, or at a third
// one, it ends those of its children that somebody has stopped and exits with 128 and the signal's number, whatever its
// event loop does. Each is handed on to the handler that is installed at the moment of this call: call it after the event
// loop has installed its own. With 0 it forgets what came so far, and nothing ends.
void end_at_second_signal(unsigned grace_millis);

// Has that end a child of this process with SIGCONT where somebody has stopped it: a server that ends with its parent, and
// has something to take away before. Of the last eight that were named; false where there is no such process. Call it before
// the child can have been reaped.
bool continue_at_second_signal(pid_t child);

}  // namespace leanfuzz::os
