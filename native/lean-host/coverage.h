// Which blocks of the kernel's code are reached: a breakpoint on each that nobody has reached, which goes when it is hit.
//
//   server     learn_usual()   before a bug is planted: which blocks are reached by what declares the base environment
//              plant()         saves the first byte of each block and puts a breakpoint there
//              update()        before each fork: what the campaign has reached meanwhile goes
//   aside      remove()        an executor aside has none: what it reaches is nobody's news, and when it does hangs on the machine
//   executor   (handler)       a breakpoint is hit: the byte comes back, the block is marked in the campaign's map, and the
//                              instruction runs again
//              take_firsts()   what was marked first by this process since the last call
//              begin_trace()   every block but the usual ones has a breakpoint again, whoever has reached it
//              end_trace()     what was reached since; and all is as before
//
// A breakpoint that is hit costs microseconds, and most that a declaration hits are those that any does: traces leave out
// what the base environment reaches, which tells no candidate from another.
//
// The pages of code are private to the process from the first byte that is changed, so executors inherit the server's
// breakpoints and change their own. Whatever byte is there when a breakpoint is planted comes back, so a planted bug stays.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../engine/block_map.h"

namespace leanfuzz::lean {

// A block, by where it begins counted from where the library begins, and the byte that the file has there.
struct CodeBlock {
  uint32_t offset;
  uint8_t byte;
};

class Coverage {
 public:
  // `blocks` in the order of their offsets, as many as the map has.
  Coverage(uint8_t* library, std::vector<CodeBlock> blocks, BlockMap reached)
      : library_(library), blocks_(std::move(blocks)), reached_(reached) {}

  // The part of a map that does not fit this library: blocks beyond it, or another byte where one begins. "" is success. To be asked before
  // a byte of the code is changed.
  std::string check() const;
  // Runs what any campaign begins with. What went wrong, or "".
  std::string learn_usual(const std::function<void()>& begin);
  // Plants what nobody has reached. What went wrong, or "".
  std::string plant();
  // Brings the breakpoints in line with the campaign's map.
  void update();
  // Takes all of them away.
  void remove();

  std::vector<uint32_t> take_firsts();
  void begin_trace();
  std::vector<uint32_t> end_trace();

 private:
  static void on_trap(int number, siginfo_t* info, void* context);
  // Makes the code writable, sets the handler, saves first bytes. What went wrong, or "".
  std::string open();
  bool hit(uintptr_t address);
  void write(uint32_t block, uint8_t byte);

  // Blocks in the order in which they came; written by the handler, which may run on several threads.
  struct Hits {
    std::unique_ptr<uint32_t[]> blocks;
    std::atomic<uint32_t> count{0};
  };
  void add(Hits& hits, uint32_t block);
  std::vector<uint32_t> take(Hits& hits) const;

  uint8_t* const library_;
  const std::vector<CodeBlock> blocks_;
  BlockMap reached_;
  // The byte that was there when a breakpoint was planted.
  std::vector<uint8_t> original_;
  // Whether the server has put a breakpoint there.
  std::vector<bool> planted_;
  // Whether a block is reached by what any campaign begins with; one thread runs that.
  std::vector<uint8_t> usual_;
  bool learning_ = false;
  Hits firsts_, traced_;
  std::atomic<bool> tracing_{false};
};

}  // namespace leanfuzz::lean
