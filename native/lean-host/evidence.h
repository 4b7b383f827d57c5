// A kernel environment's facts about a claimed constant: never from text, always from the objects. As the embedded
// executor's (src/execute/embedded/evidence.ts), which says what each part means.
#pragma once

#include <string>
#include <vector>

#include "bytes.h"
#include "constants.h"

namespace leanfuzz::lean {

// A constant beyond the base environment that a claimed one depends on.
struct Reached {
  std::string name;
  Kind kind;
  bool unsafe, partial;
};

// Gathers the evidence, and writes it as src/execute/job-codec.ts reads it.
void write_evidence(ByteWriter& out, const Constants& constants, Object environment, std::string_view constant);

// Writes constants of the environment as declarations: those of the base, then the others. Those that are missing are left out.
void write_declared(ByteWriter& out, const Constants& constants, Object environment,
                    const std::vector<std::string_view>& names);

}  // namespace leanfuzz::lean
