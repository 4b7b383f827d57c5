// lean_fuzz_lean_host --try-fence    tries what is out of bounds for code of candidates
#pragma once

namespace leanfuzz::lean {

// In a fork that is confined and fenced in as an executor of source level is, says of each thing whether it is possible, a
// line each. Returns the exit status: 1 where there is no fence to be had.
int try_fence();

}  // namespace leanfuzz::lean
