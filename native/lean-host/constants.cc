#include "constants.h"

#include "codec.h"

namespace leanfuzz::lean {

namespace {

constexpr uint8_t kUnsafe = 0, kPartial = 2;

}  // namespace

bool Constant::is_unsafe() const {
  switch (kind) {
    case Kind::kAxiom:
      return scalar_byte(value, 1, 0) != 0;
    case Kind::kDefinition:
      return safety() == kUnsafe;
    case Kind::kOpaque:
      return scalar_byte(value, 3, 0) != 0;
    case Kind::kInductive:
      return scalar_byte(value, 6, 1) != 0;
    case Kind::kConstructor:
      return scalar_byte(value, 5, 0) != 0;
    case Kind::kRecursor:
      return scalar_byte(value, 7, 1) != 0;
    case Kind::kTheorem:
    case Kind::kQuotient:
      return false;
  }
  return false;
}

bool Constant::is_partial() const { return kind == Kind::kDefinition && safety() == kPartial; }

uint32_t Constant::hint_word() const {
  Object hint = field(value, 2);
  if (is_scalar(hint)) return tag(hint) == kOpaqueHint ? kOpaqueHint : kAbbreviation;
  return kFirstHeight + *reinterpret_cast<const uint32_t*>(hint + 1);
}

bool Constants::find(Object environment, std::string_view name, Constant& constant) const {
  Object option = lean_.find(retain(environment), retain(names_.of(name)));
  if (is_scalar(option)) return false;
  Object info = field(option, 0);
  constant = {static_cast<Kind>(tag(info)), field(info, 0)};
  lean_.release(option);  // the environment keeps the constant alive
  return true;
}

bool Constants::is_base(std::string_view name) const {
  Constant constant;
  return find(base_, name, constant);
}

}  // namespace leanfuzz::lean
