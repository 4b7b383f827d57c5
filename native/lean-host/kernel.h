// Declarations into Lean's kernel, and what it says of them.
#pragma once

#include "constants.h"
#include "decoder.h"

namespace leanfuzz::lean {

// Limits of one declaration.
struct Limits {
  uint32_t heartbeats;  // Lean's count of small allocations and checks; 0 is no limit
  uint32_t recursion_depth;
};

struct Refusal {
  std::string message, kind;
};

// The result of a step: the state behind it (owned), or null and why not. A declaration's is the environment.
struct Answer {
  Object state;
  Refusal refusal;
  uint32_t heartbeats;
};

class Kernel {
 public:
  // Takes a library that is loaded.
  Kernel(const Library& lean, Limits limits) : lean_(lean), limits_(limits), names_(lean), decoder_(lean, names_) {}

  // Adds a declaration to a borrowed environment, which stays as it is.
  Answer add(Object environment, Words declaration, bool unlimited);

  const Library& lean() const { return lean_; }
  Names& names() { return names_; }
  Decoder& decoder() { return decoder_; }

 private:
  // Adds a borrowed declaration to an owned environment.
  Answer add_one(Object environment, Object declaration, bool unlimited);
  Refusal describe(Object exception) const;

  const Library& lean_;
  const Limits limits_;
  Names names_;
  Decoder decoder_;
};

}  // namespace leanfuzz::lean
