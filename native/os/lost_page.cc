#include "lost_page.h"

#include <csignal>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace leanfuzz::os {
namespace {

int status_at_lost_page = 0;

// All code from here to `on_lost_page` runs in a signal handler: system calls, and no memory but the stack.

// Characters of a file, one at a time.
class Characters {
 public:
  explicit Characters(const char* path) : file_(open(path, O_RDONLY | O_CLOEXEC)) {}
  ~Characters() {
    if (file_ >= 0) close(file_);
  }
  // The next one; 0 at the end.
  char next() {
    if (at_ == end_) {
      const ssize_t length = file_ < 0 ? 0 : read(file_, buffer_, sizeof buffer_);
      if (length <= 0) return 0;
      at_ = 0, end_ = static_cast<size_t>(length);
    }
    return buffer_[at_++];
  }

 private:
  int file_;
  size_t at_ = 0, end_ = 0;
  char buffer_[2048];
};

// A number in base 16, and the character behind it.
uintptr_t read_hexadecimal(Characters& from, char& behind) {
  uintptr_t value = 0;
  for (;;) {
    behind = from.next();
    if (behind >= '0' && behind <= '9') value = 16 * value + static_cast<uintptr_t>(behind - '0');
    else if (behind >= 'a' && behind <= 'f') value = 16 * value + static_cast<uintptr_t>(behind - 'a' + 10);
    else return value;
  }
}

// The path of the file that is mapped at an address, as /proc/self/maps says it ("from-to flags offset device inode
// path"); empty where it is none. The kernel writes control characters in it as numbers.
template <size_t Size>
void read_mapped_file(uintptr_t address, char (&path)[Size]) {
  path[0] = 0;
  Characters maps("/proc/self/maps");
  for (char behind = ' '; behind != 0;) {
    const uintptr_t from = read_hexadecimal(maps, behind);
    const uintptr_t to = read_hexadecimal(maps, behind);
    const bool is_here = from <= address && address < to;
    size_t length = 0;
    while (behind != 0 && behind != '\n') {
      // The first slash of a line begins its path.
      if (is_here && (length > 0 || behind == '/') && length < Size - 1) path[length++] = behind;
      behind = maps.next();
    }
    path[length] = 0;
    if (is_here) return;
  }
}

void say(const char* text) {
  const ssize_t written = write(STDERR_FILENO, text, strlen(text));
  static_cast<void>(written);  // there is nobody else to tell
}

void on_lost_page(int number, siginfo_t* info, void*) {
  char path[4096];
  read_mapped_file(reinterpret_cast<uintptr_t>(info->si_addr), path);
  if (info->si_code <= 0 || path[0] == 0) {
    // Nobody has mended what it is about: as soon as this handler ends, the signal comes again.
    signal(number, SIG_DFL);
    if (info->si_code <= 0) raise(number);
    return;
  }
  say("lean-fuzz: file \"");
  say(path);
  say("\": got one that was cut short, or can't be read any more, while it was in use, expected one that stays as it is; "
      "what was not stored by then is lost\n");
  _exit(status_at_lost_page);
}

}  // namespace

void end_at_lost_page(int status) {
  status_at_lost_page = status;
  struct sigaction action = {};
  sigfillset(&action.sa_mask);
  action.sa_flags = SA_SIGINFO;
  action.sa_sigaction = on_lost_page;
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace leanfuzz::os
