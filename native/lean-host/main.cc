// lean_fuzz_lean_host PARENT LIBRARY...    the zygote of a native Lean
//
// Reads what it is to start with from standard input, to its end (see Start below); the shared region is descriptor 3.
// Boots Lean, declares the base environment, and from then on only forks: a forked child becomes the executor of one
// worker. Where it can't serve, it says why in the region's header.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../engine/fork_server.h"
#include "../os/code_fence.h"
#include "../os/futex.h"
#include "../os/memory_file.h"
#include "../os/process.h"
#include "addresses.h"
#include "confine.h"
#include "coverage.h"
#include "executor.h"
#include "source_session.h"
#include "try_fence.h"

namespace {

using namespace leanfuzz;

constexpr int kRegionFd = 3;
constexpr uint32_t kStartMagic = 0x484c464c;  // "LFLH"
constexpr uint32_t kStartVersion = 3;
// As much as deep terms need; the depth of recursion is limited besides.
constexpr rlim_t kStackBytes = 64 << 20;
constexpr const char* kStackIsSet = "LEAN_FUZZ_HOST_STACK";

// The start message, in the wire format of src/util/bytes.ts; src/execute/native/lean-host.ts writes it.
struct Start {
  uint32_t heartbeats = 0, recursion_depth = 0, memory_mib = 0;
  std::vector<lean::Words> base;  // a declaration each
  std::vector<std::string_view> reserved;
  std::vector<lean::Patch> patches;
  std::vector<lean::CodeBlock> blocks;  // that are watched; none is no coverage
  // Source level: what is imported, from where, and the commands that set its options. No module is kernel level only.
  std::string folder, module, options;
};

bool read_start(lean::ByteReader from, Start& start) {
  if (from.u32() != kStartMagic || from.u32() != kStartVersion) return false;
  start.heartbeats = from.u32();
  start.recursion_depth = from.u32();
  start.memory_mib = from.u32();
  from.list([&] { start.base.push_back(from.words()); });
  from.list([&] { start.reserved.push_back(from.string()); });
  from.list([&] {
    const uint32_t offset = from.u32();
    const uint8_t before = from.u8();
    start.patches.push_back({offset, before, from.u8()});
  });
  from.list([&] {
    const uint32_t offset = from.u32();
    start.blocks.push_back({offset, from.u8()});
  });
  start.folder = from.string();
  start.module = from.string();
  start.options = from.string();
  return from.good() && from.left() == 0;
}

std::string read_all(int fd) {
  std::string bytes;
  char buffer[65536];
  for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0;) bytes.append(buffer, static_cast<size_t>(got));
  return bytes;
}

// A main thread's stack is as large as the limit says when its program starts, and addresses are fixed then: so it starts
// itself once more.
std::string set_stack_and_addresses(char** arguments) {
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  // Of this process, which stays the same: a variable of the user's means nothing.
  const std::string self = std::to_string(getpid());
  const char* set = getenv(kStackIsSet);
  if (set != nullptr && set == self) return "";
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < kStackBytes) {
    return "stack limit (ulimit -s): got a hard limit of " + std::to_string(limit.rlim_max >> 10) + " KiB, expected at least " +
           std::to_string(kStackBytes >> 10) + " KiB";
  }
  limit.rlim_cur = kStackBytes;
  if (setrlimit(RLIMIT_STACK, &limit) != 0) return std::string("stack limit (ulimit -s): ") + strerror(errno);
  lean::fix_addresses();
  // Lean's event loop would share memory with the kernel, by which system calls are asked for without a call. Executors
  // would have that memory too, and no fence sees what is asked there in the zygote's name.
  setenv("UV_USE_IO_URING", "0", 1);
  setenv(kStackIsSet, self.c_str(), 1);
  execv("/proc/self/exe", arguments);
  return std::string("starting itself: ") + strerror(errno);
}

Region* map_region() {
  const long bytes = os::file_size(kRegionFd);
  if (bytes <= 0) return nullptr;
  void* base = mmap(nullptr, static_cast<size_t>(bytes), PROT_READ | PROT_WRITE, MAP_SHARED, kRegionFd, 0);
  if (base == MAP_FAILED || Region::check(base, static_cast<size_t>(bytes)) != nullptr) return nullptr;
  return new Region(base);
}

// Says what is being done, or why it failed.
void announce(Region& region, const std::string& message) {
  Header& header = region.header();
  const size_t length = std::min(message.size(), sizeof header.zygote_message);
  memcpy(header.zygote_message, message.data(), length);
  header.zygote_message_bytes.store(static_cast<uint32_t>(length));
}

[[noreturn]] void announce_failure(Region& region, const std::string& message) {
  announce(region, message);
  Header& header = region.header();
  header.zygote_state.store(kZygoteFailed);
  os::ring(header.primary_bell);
  _exit(1);
}

// The environment with the base declarations; a refusal says which.
lean::Object declare_base(lean::Kernel& kernel, const std::vector<lean::Words>& base, std::string& problem) {
  lean::Object environment = kernel.lean().empty_environment();
  for (size_t i = 0; i < base.size(); i++) {
    lean::Answer answer = kernel.add(environment, base[i], true);
    kernel.lean().release(environment);
    environment = answer.state;
    if (environment == nullptr) {
      problem = "refuses declaration " + std::to_string(i + 1) + " of the base environment: " + answer.refusal.message;
      return nullptr;
    }
  }
  return environment;
}

// lean_fuzz_lean_host --compile TEXT OLEAN LIBRARY...    Lean's own command, which is in the libraries, compiles a module
int compile(int count, char** arguments) {
  void* handle = nullptr;
  for (int i = 4; i < count; i++) {
    handle = dlopen(arguments[i], RTLD_NOW | RTLD_GLOBAL);
    if (handle == nullptr) return fprintf(stderr, "error: %s\n", dlerror()), 1;
  }
  const auto lean_main = handle == nullptr ? nullptr : reinterpret_cast<int (*)(int, char**)>(dlsym(handle, "lean_main"));
  if (lean_main == nullptr) return fprintf(stderr, "error: the libraries have no lean_main\n"), 1;
  char program[] = "lean", output[] = "-o";
  char* as_lean[] = {program, output, arguments[3], arguments[2], nullptr};
  return lean_main(4, as_lean);
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && strcmp(arguments[1], "--try-fence") == 0) return lean::try_fence();
  if (count >= 4 && strcmp(arguments[1], "--compile") == 0) return compile(count, arguments);
  // Signals of the user reach the whole group; what they mean is the primary's to decide.
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_IGN);
  if (count < 3) {
    fprintf(stderr, "usage: %s PARENT LIBRARY...\n", arguments[0]);
    return 2;
  }
  if (!os::die_with_parent(atoi(arguments[1]))) return 1;
  Region* region = map_region();
  if (region == nullptr) return 2;
  const std::string no_stack = set_stack_and_addresses(arguments);
  if (!no_stack.empty()) announce_failure(*region, no_stack);

  const std::string message = read_all(0);
  Start start;
  if (!read_start({message.data(), message.size()}, start)) announce_failure(*region, "a damaged start message");

  // All of these live until the process ends.
  auto& library = *new lean::Library;
  std::string problem = library.load({arguments + 2, arguments + count}, [region](const std::string& step) { announce(*region, step); });
  if (!problem.empty()) announce_failure(*region, problem);
  library.set_thread_stack(kStackBytes);
  const bool covers = !start.blocks.empty();
  auto& coverage = *new lean::Coverage(library.kernel_library(), start.blocks, region->blocks());
  if (covers) problem = start.blocks.size() == region->blocks().count() ? coverage.check() : "as many as the region has no room for";
  if (!problem.empty()) announce_failure(*region, "a map of the kernel's code that does not fit: " + problem);
  announce(*region, "declaring the base environment");
  auto& kernel = *new lean::Kernel(library, {start.heartbeats, start.recursion_depth});
  lean::Object base = nullptr;
  const auto declare = [&] { base = declare_base(kernel, start.base, problem); };
  const auto refuse_coverage = [&](const std::string& why) {
    if (!why.empty()) announce_failure(*region, "coverage of the kernel: " + why + " (--coverage off does without)");
  };
  if (covers) refuse_coverage(coverage.learn_usual(declare));
  if (!covers) declare();
  if (base == nullptr) announce_failure(*region, "Lean " + library.version() + " " + problem);
  library.make_permanent(base);
  for (const std::string_view name : start.reserved) kernel.decoder().reserved.emplace(name);
  for (const lean::Patch& patch : start.patches) {
    if (!library.patch(patch)) announce_failure(*region, "a patch at " + std::to_string(patch.offset) + " that does not fit");
  }
  auto& runner = *new lean::JobRunner(kernel, base, covers ? &coverage : nullptr);
  auto& source = *new lean::SourceLibrary(library);
  lean::Object imported = nullptr;
  if (!start.module.empty()) {
    announce(*region, "importing " + start.module);
    if (const std::string missing = source.bind(); !missing.empty()) problem = "has no " + missing + ": it can't run source level";
    if (problem.empty()) problem = source.import_module(start.folder, start.module, imported);
    if (problem.empty()) source.without_parallel_parts();
    if (!problem.empty()) announce_failure(*region, "Lean " + library.version() + ": " + problem);
    if (!os::can_fence_code()) announce_failure(*region, "no fence for code that candidates run (seccomp): source level is refused");
  }

  // Behind the planted bugs, whose bytes are to come back, and behind all that the zygote itself asks of the kernel.
  refuse_coverage(covers ? coverage.plant() : "");
  announce(*region, "");
  const auto before_fork = [&] {
    if (covers) coverage.update();
  };
  const int executor = ForkServer(*region, before_fork).serve();
  if (executor < 0) _exit(0);
  if (covers && static_cast<uint32_t>(executor) >= region->worker_count()) coverage.remove();
  const MailboxView mailbox = lean::confine(*region, static_cast<uint32_t>(executor), start.memory_mib);
  const auto begin_source = [&] {
    // Before the first thread, which inherits it, and before any candidate.
    if (os::fence_code() != 0) _exit(1);
    source.start_tasks(1);
    runner.serve_source(*new lean::SourceSession(source, kernel, imported, start.options));
  };
  const std::function<void()> begin = imported == nullptr ? std::function<void()>([] {}) : begin_source;
  lean::Executor(runner, mailbox).serve(begin);
}
