// lean_fuzz_template_server SOURCE COPIES FENCES STORE...   serves copies of SOURCE
// lean_fuzz_template_server --probe                         says what this machine can give
//
// COPIES is how many will be asked for, to find a store with room; FENCES has the bits of the fences (see Option) that
// may be used where the machine gives them: 4294967295 for all. Writes the start message to standard output, and serves until standard input ends.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server.h"
#include "wire.h"

namespace {

using namespace leanfuzz::server;

// Where nobody reads it any more, the server sees that its standard input has ended, too, and leaves nothing behind.
void start_message(uint32_t options, const std::string& error, const std::string& text) {
  Writer words;
  words.word(kMagic).word(kVersion).word(options).word(error.empty() ? 0 : 1).text(error.empty() ? text : error);
  const ssize_t written = write(1, words.bytes().data(), words.bytes().size());
  static_cast<void>(written);
}

}  // namespace

int main(int count, char** arguments) {
  // Signals of the user reach the whole group; what they mean is the primary's to decide.
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_IGN);
  // One that is stopped when its parent ends is to see that its standard input has ended, too.
  prctl(PR_SET_PDEATHSIG, SIGCONT);
  umask(0022);
  if (count == 2 && strcmp(arguments[1], "--probe") == 0) {
    start_message(sandbox_options(best_sandbox()), "", "");
    return 0;
  }
  if (count < 5) {
    fprintf(stderr, "usage: %s SOURCE COPIES FENCES STORE... | --probe\n", arguments[0]);
    return 2;
  }
  Server server;
  const auto number = [&](int index) { return static_cast<uint32_t>(strtoul(arguments[index], nullptr, 10)); };
  const std::string problem = server.open(arguments[1], {arguments + 4, arguments + count}, number(2), number(3));
  start_message(server.options(), problem, server.socket_path());
  if (!problem.empty()) return 1;
  // The primary reads to the end of the message; nothing else is ever written there.
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, 1);
  server.serve();
  return 0;
}
