// Where things lie in memory. Lean's kernel does a little more or less work by the addresses of its objects, so what a
// seed comes to repeats only where they lie at the same places.
#pragma once

namespace leanfuzz::lean {

// Has the next program that this process starts laid out at fixed addresses, where that is allowed.
void fix_addresses();

}  // namespace leanfuzz::lean
