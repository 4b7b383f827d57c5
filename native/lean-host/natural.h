// Reading natural numbers out of Lean's objects.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "object.h"

namespace leanfuzz::lean {

struct Natural {
  bool negative = false;  // no honest term has such a number
  std::vector<uint32_t> words;  // little-endian, without leading zeros
};

// Borrows. A big number is GMP's: allocated and used limbs (negative for a negative number), and where they are.
Natural natural_of(Object number);

// As decimal digits, for messages and names.
std::string digits_of(Object number);

}  // namespace leanfuzz::lean
