// The fence around code that a candidate has Lean run in this process.
#pragma once

namespace leanfuzz::os {

// From here on, this thread and all that it starts may compute, use memory of their own, read and write what is open
// already, and start threads. Everything else fails with EPERM: no file is opened, no socket, no process, no signal
// to another process, no memory that others share, no new privileges, no limit raised. It is a list of what is
// allowed, so a call that a later kernel brings is not. Takes effect for good; -errno where the kernel has no seccomp.
int fence_code();

// Whether a system call is on the list, be it for some arguments only.
bool is_free_call(long call);

// Whether this kernel takes the fence; asks in a child, so that nothing changes here.
bool can_fence_code();

}  // namespace leanfuzz::os
