// Lean's expressions and levels, as objects: tags and fields.
#pragma once

#include "object.h"

namespace leanfuzz::lean {

// Constructors of Lean's `Expr`, which differ from the tags of the words.
enum class ExprKind : uint8_t { kBvar, kFvar, kMvar, kSort, kConst, kApp, kLambda, kPi, kLet, kLiteral, kMdata, kProj };
constexpr uint64_t kExprKinds = 12;

inline ExprKind kind_of(Object expr) { return static_cast<ExprKind>(tag(expr)); }

// Calls `visit` for the parts that are expressions, in order.
template <typename Visit>
void each_part(Object expr, Visit visit) {
  switch (kind_of(expr)) {
    case ExprKind::kApp:
      visit(field(expr, 0));
      visit(field(expr, 1));
      return;
    case ExprKind::kLambda:
    case ExprKind::kPi:
      visit(field(expr, 1));
      visit(field(expr, 2));
      return;
    case ExprKind::kLet:
      visit(field(expr, 1));
      visit(field(expr, 2));
      visit(field(expr, 3));
      return;
    case ExprKind::kMdata:
      visit(field(expr, 1));
      return;
    case ExprKind::kProj:
      visit(field(expr, 2));
      return;
    default:
      return;
  }
}

// The binder info of a lambda or Pi: behind its three fields and 64 bits of cached data.
inline uint8_t info_of(Object binder) { return scalar_byte(binder, 3, 8); }

// A literal's constructor: 0 is a number, 1 a string; field 0 is its value.
constexpr uint64_t kNatLiteral = 0;

}  // namespace leanfuzz::lean
