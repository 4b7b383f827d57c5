// Inductive declarations as they stand in an environment: their types, constructors and recursors as the kernel keeps
// them, rules and counts included.
#pragma once

#include <string_view>
#include <vector>

#include "bytes.h"
#include "constants.h"

namespace leanfuzz::lean {

// Writes what the blocks of these types have come to, as src/execute/job-codec.ts reads it. Types that are missing are
// left out, and so is all that is too large or nothing that words can say.
void write_made(ByteWriter& out, const Constants& constants, Object environment,
                const std::vector<std::string_view>& types);

}  // namespace leanfuzz::lean
