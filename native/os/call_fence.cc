#include "call_fence.h"

#include <cerrno>
#include <cstdint>
#include <vector>

#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "call_filter.h"

namespace leanfuzz::os {

namespace {

using namespace filter;

// Calls of which this list knows nothing begin here, those of other kinds (x32) among them: who finds none goes on without.
constexpr uint32_t kUnknownCalls = 463;

// Numbers from 424 on are the same everywhere, and the headers of many systems do not know them yet.
constexpr long kNotThere[] = {
    // Sockets and files without a call that a filter sees.
    425 /* io_uring_setup */, 426 /* io_uring_enter */, 427 /* io_uring_register */,
    // Memory, queues, semaphores and keys that outlive who has made them: every process of a user reaches them, and no limit
    // of a command counts them.
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_semget, SYS_semop, SYS_semctl,
    SYS_semtimedop, SYS_mq_open, SYS_mq_unlink, SYS_add_key, SYS_request_key, SYS_keyctl,
    // Other processes, and their memory and descriptors.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_migrate_pages, SYS_move_pages,
    438 /* pidfd_getfd */, 440 /* process_madvise */, 448 /* process_mrelease */,
    // Programs and watches in the kernel, and memory whose faults a process answers.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_fanotify_init, SYS_lookup_dcookie,
    // Mounts, other roots, and files by handle, which no folder's fence sees.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_by_handle_at, SYS_quotactl, 428 /* open_tree */,
    429 /* move_mount */, 430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */, 433 /* fspick */, 442 /* mount_setattr */,
    443 /* quotactl_fd */, 457 /* statmount */, 458 /* listmount */, 460 /* lsm_set_self_attr */,
    // The machine: its kernel, clock, names, log, memory and devices.
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct,
    SYS_syslog, SYS_settimeofday, SYS_clock_settime, SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_nfsservctl,
    SYS_mbind, SYS_set_mempolicy, SYS_get_mempolicy, 450 /* set_mempolicy_home_node */,
#if defined(SYS_kexec_file_load)
    SYS_kexec_file_load,
#endif
#if defined(__x86_64__)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs,
#endif
    // Its flags are in memory, where no filter sees them; libraries fall back to clone.
    435 /* clone3 */,
};

// CLONE_NEW*: mounts, control groups, names, System V, users, processes, network. In a user namespace of its own a process has
// all capabilities over what it makes there, and reaches kernel code that is closed to it outside.
constexpr uint32_t kNamespaces = 0x7e020000;

std::vector<sock_filter> program(bool network) {
  std::vector<sock_filter> made = begin();
  made.insert(made.end(), {jump(BPF_JGE, kUnknownCalls, 0, 1), answer(kMissing)});
  if (!network) answer_call(made, SYS_socket, SECCOMP_RET_ERRNO | EACCES);
  for (const long call : kNotThere) answer_call(made, call, kMissing);
  for (const long call : {SYS_unshare, SYS_setns}) answer_call(made, call, kForbid);
  decide_call(made, SYS_clone, {load_argument(0), jump(BPF_JSET, kNamespaces, 0, 1), answer(kForbid), answer(kAllow)});
  // Typing for whoever sits at a terminal.
  decide_call(made, SYS_ioctl,
              {load_argument(1), jump(BPF_JEQ, TIOCSTI, 1, 0), jump(BPF_JEQ, 0x541c /* TIOCLINUX */, 0, 1), answer(kForbid), answer(kAllow)});
  // Asking which one it has, and the ordinary one: the others are older and less careful.
  decide_call(made, SYS_personality,
              {load_argument(0), jump(BPF_JEQ, 0xffffffff, 1, 0), jump(BPF_JEQ, 0, 0, 1), answer(kAllow), answer(kForbid)});
  made.push_back(answer(kAllow));
  return made;
}

}  // namespace

int fence_calls(bool network) {
  return put_in_force(program(network), [] { return 0; });
}

bool can_fence_calls() {
  return works([] { return fence_calls(false); });
}

}  // namespace leanfuzz::os
