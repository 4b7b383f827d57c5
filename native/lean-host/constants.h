// The constants of a kernel environment, borrowed from it.
#pragma once

#include <string>

#include "names.h"

namespace leanfuzz::lean {

// In the order of Lean's `ConstantInfo`, and of the kinds in src/execute/job-codec.ts.
enum class Kind : uint8_t { kAxiom, kDefinition, kTheorem, kOpaque, kQuotient, kInductive, kConstructor, kRecursor };
constexpr uint8_t kMissing = 8;

// A constant's `...Val` object; field 0 is its `ConstantVal`: name, level parameters, type.
struct Constant {
  Kind kind;
  Object value;

  Object name() const { return field(field(value, 0), 0); }
  Object level_params() const { return field(field(value, 0), 1); }
  Object type() const { return field(field(value, 0), 2); }
  bool has_body() const { return kind == Kind::kDefinition || kind == Kind::kTheorem || kind == Kind::kOpaque; }
  Object body() const { return field(value, 1); }
  bool is_unsafe() const;
  bool is_partial() const;
  // Of a definition: the word of its hint and of its safety, as src/ir/codec.ts has them.
  uint32_t hint_word() const;
  uint8_t safety() const { return scalar_byte(value, 4, 0); }

  // Of an inductive type.
  Object parameters() const { return field(value, 1); }
  Object block() const { return field(value, 3); }
  Object constructors() const { return field(value, 4); }
};

// Looks up constants, and knows which of them came with the base environment.
class Constants {
 public:
  Constants(const Library& lean, Names& names, Object base) : lean_(lean), names_(names), base_(base) {}

  // False where there is no such constant. Borrows the environment, which must outlive `constant`.
  bool find(Object environment, std::string_view name, Constant& constant) const;
  bool is_base(std::string_view name) const;

 private:
  const Library& lean_;
  Names& names_;
  Object base_;
};

}  // namespace leanfuzz::lean
