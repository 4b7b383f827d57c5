#include "coverage.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <link.h>
#include <sys/mman.h>
#include <ucontext.h>

namespace leanfuzz::lean {

namespace {

constexpr uint8_t kBreakpoint = 0xcc;
constexpr uintptr_t kPage = 4096;

// The handler's; set once, before the first breakpoint.
Coverage* active = nullptr;

// Whether bytes of a library are code.
struct CodeRange {
  uintptr_t base, first, last;
  bool found;
};
int find_range(dl_phdr_info* info, size_t, void* data) {
  auto& range = *static_cast<CodeRange*>(data);
  if (info->dlpi_addr != range.base) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    const uintptr_t start = range.base + segment.p_vaddr;
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    if (start <= range.first && range.last < start + segment.p_memsz) range.found = true;
  }
  return 1;
}

}  // namespace

std::string Coverage::check() const {
  if (blocks_.empty()) return "no blocks";
  const auto base = reinterpret_cast<uintptr_t>(library_);
  CodeRange range{base, base + blocks_.front().offset, base + blocks_.back().offset, false};
  dl_iterate_phdr(find_range, &range);
  if (!range.found) return "blocks that are no code of the library";
  for (const CodeBlock& block : blocks_) {
    if (library_[block.offset] != block.byte) return "another byte at " + std::to_string(block.offset);
  }
  return "";
}

std::string Coverage::open() {
#if !defined(__x86_64__)
  return "breakpoints are planted on x86-64 only";
#else
  const auto base = reinterpret_cast<uintptr_t>(library_);
  const uintptr_t first = (base + blocks_.front().offset) & ~(kPage - 1);
  const uintptr_t last = base + blocks_.back().offset + 1;
  if (mprotect(reinterpret_cast<void*>(first), last - first, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) {
    return std::string("the pages of its code can't be changed: ") + strerror(errno);
  }
  active = this;
  struct sigaction action {};
  action.sa_sigaction = on_trap;
  // On the stack for signals where a thread has one: candidates go deep.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGTRAP, &action, nullptr);
  original_.resize(blocks_.size());
  for (uint32_t block = 0; block < blocks_.size(); block++) original_[block] = library_[blocks_[block].offset];
  return "";
#endif
}

std::string Coverage::learn_usual(const std::function<void()>& begin) {
  if (const std::string problem = open(); !problem.empty()) return problem;
  usual_.assign(blocks_.size(), 0);
  learning_ = true;
  for (uint32_t block = 0; block < blocks_.size(); block++) write(block, kBreakpoint);
  begin();
  for (uint32_t block = 0; block < blocks_.size(); block++) write(block, original_[block]);
  learning_ = false;
  return "";
}

std::string Coverage::plant() {
  // Bugs that were planted meanwhile have changed bytes, and who may write them.
  if (const std::string problem = open(); !problem.empty()) return problem;
  planted_.resize(blocks_.size());
  for (Hits* hits : {&firsts_, &traced_}) hits->blocks.reset(new uint32_t[blocks_.size()]);
  update();
  return "";
}

void Coverage::update() {
  for (uint32_t block = 0; block < blocks_.size(); block++) {
    if (planted_[block] != reached_.has(block)) continue;
    planted_[block] = !planted_[block];
    write(block, planted_[block] ? kBreakpoint : original_[block]);
  }
}

void Coverage::remove() {
  for (uint32_t block = 0; block < blocks_.size(); block++) {
    if (planted_[block]) write(block, original_[block]);
    planted_[block] = false;
  }
}

std::vector<uint32_t> Coverage::take_firsts() { return take(firsts_); }

void Coverage::begin_trace() {
  traced_.count.store(0);
  tracing_.store(true);
  for (uint32_t block = 0; block < blocks_.size(); block++) {
    if (usual_[block] == 0) write(block, kBreakpoint);
  }
}

std::vector<uint32_t> Coverage::end_trace() {
  tracing_.store(false);
  // A block that nobody has reached keeps its breakpoint.
  for (uint32_t block = 0; block < blocks_.size(); block++) {
    if (reached_.has(block)) write(block, original_[block]);
  }
  std::vector<uint32_t> blocks = take(traced_);
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  return blocks;
}

// Async-signal-safe, as all that it calls is.
void Coverage::on_trap(int number, siginfo_t*, void* context) {
#if defined(__x86_64__)
  auto& next = static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP];
  const auto address = static_cast<uintptr_t>(next) - 1;
  if (active->hit(address)) {
    next = static_cast<greg_t>(address);
    return;
  }
#else
  static_cast<void>(context);
#endif
  // A trap of somebody else's ends the process, as it would have.
  signal(number, SIG_DFL);
  raise(number);
}

bool Coverage::hit(uintptr_t address) {
  const auto base = reinterpret_cast<uintptr_t>(library_);
  const uintptr_t offset = address - base;
  const auto found = std::lower_bound(blocks_.begin(), blocks_.end(), offset,
                                      [](const CodeBlock& block, uintptr_t at) { return block.offset < at; });
  if (found == blocks_.end() || found->offset != offset) return false;
  const auto block = static_cast<uint32_t>(found - blocks_.begin());
  // Two threads may come here for one breakpoint: both bring the same byte back.
  write(block, original_[block]);
  if (learning_) {
    usual_[block] = 1;
    return true;
  }
  if (reached_.mark(block)) add(firsts_, block);
  if (tracing_.load(std::memory_order_relaxed) && usual_[block] == 0) add(traced_, block);
  return true;
}

void Coverage::write(uint32_t block, uint8_t byte) {
  __atomic_store_n(library_ + blocks_[block].offset, byte, __ATOMIC_RELAXED);
}

void Coverage::add(Hits& hits, uint32_t block) {
  const uint32_t at = hits.count.fetch_add(1);
  if (at < blocks_.size()) hits.blocks[at] = block;
}

std::vector<uint32_t> Coverage::take(Hits& hits) const {
  const uint32_t count = std::min<uint32_t>(hits.count.exchange(0), static_cast<uint32_t>(blocks_.size()));
  return {hits.blocks.get(), hits.blocks.get() + count};
}

}  // namespace leanfuzz::lean
