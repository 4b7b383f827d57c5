// The constants that a step has brought, for the judge to look at.
#pragma once

#include "bytes.h"
#include "constants.h"

namespace leanfuzz::lean {

// The constants that `newer` has on top of `older`, both kernel environments, as src/execute/job-codec.ts reads it: inductive types and
// whole definitions whose type ends in a sort; other definitions, theorems and opaque constants as axioms of their types;
// and how many constants were left out. Axioms, what is unsafe or partial, and what comes with a type are none of it.
void write_news(ByteWriter& out, const Constants& constants, Object older, Object newer);

}  // namespace leanfuzz::lean
