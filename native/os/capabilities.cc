#include "capabilities.h"

#include <cerrno>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace leanfuzz::os {

namespace {

constexpr int kMaxCapabilities = 64;

}  // namespace

int drop_capabilities() {
  // Before the others: it takes one of them. Where that is missing, no program can be given any either: whoever starts
  // commands has PR_SET_NO_NEW_PRIVS set.
  for (int capability = 0; capability < kMaxCapabilities; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  // Older kernels have no ambient set.
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  return syscall(SYS_capset, &header, none) == 0 ? 0 : -errno;
}

}  // namespace leanfuzz::os
