// The shape of a constant as numbers: what the kernel made of a declaration. As the embedded executor's
// (src/execute/embedded/shapes.ts), which says what each number means.
#pragma once

#include <string>
#include <vector>

#include "constants.h"

namespace leanfuzz::lean {

struct Shape {
  Kind kind;
  uint32_t level_params;
  std::vector<uint32_t> numbers;
};

// False where there is no such constant. With `reduce`, says of a definition's value whether its weak head normal
// form stays as it is when it is reduced again; no limit but the clock holds for that.
bool shape_of(const Library& lean, const Constants& constants, Object environment, std::string_view name, bool reduce,
              Shape& shape);

}  // namespace leanfuzz::lean
