// The means that a forked executor is left with: it runs what strangers wrote, and nobody else may come to harm by it.
//
//   memory        its own, up to a limit; of the shared region its mailbox, in which whatever stands is doubted, and the map of reached
//                 blocks, where coverage is watched: a bit too many costs a novelty
//   descriptors   0 the start message, which was read to its end; 1 nothing; 2 a file in memory of at most 1 MiB
//
// Nothing of this is about Lean. Code of candidates is fenced in besides (os/code_fence.h).
#pragma once

#include "../engine/region.h"

namespace leanfuzz::lean {

// Confines this process, for good; `memory_mib` is what it may take beyond what it has now. Returns its mailbox: nothing
// else of the region may be asked for afterwards.
MailboxView confine(Region& region, uint32_t executor, uint32_t memory_mib);

}  // namespace leanfuzz::lean
