// lean_fuzz_launcher PARENT PROGRAM [ARGUMENT...]    becomes PROGRAM, as a process that ends with PARENT
//
// PROGRAM is Node: until it has loaded the addon it could not ask for that itself, and one that is stopped meanwhile
// would be left behind a parent that is killed. So nothing is linked here but the C library: what is loaded before
// `main` takes time, too.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sys/prctl.h>
#include <unistd.h>

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count < 3) {
    fprintf(stderr, "usage: %s PARENT PROGRAM [ARGUMENT...]\n", arguments[0]);
    return 2;
  }
  if (getppid() != strtol(arguments[1], nullptr, 10)) return 1;  // it has ended already
  execvp(arguments[2], arguments + 2);
  fprintf(stderr, "%s: %s\n", arguments[2], strerror(errno));
  return 127;
}
