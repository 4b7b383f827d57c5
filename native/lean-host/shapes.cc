#include "shapes.h"

#include "codec.h"
#include "expr.h"

namespace leanfuzz::lean {

namespace {

enum ResultSort : uint32_t { kProp, kType, kParametric, kOther };

bool is_number(Object level) {
  while (!is_scalar(level) && tag(level) == kSucc) level = field(level, 0);
  return is_scalar(level) || tag(level) == kZero;
}

// How many binders a type has, and what kind of sort is below them.
void push_result_sort(Object type, uint32_t& binders, uint32_t& sort) {
  binders = 0;
  for (; kind_of(type) == ExprKind::kPi; type = field(type, 2)) binders++;
  if (kind_of(type) != ExprKind::kSort) {
    sort = kOther;
  } else if (Object level = field(type, 0); !is_number(level)) {
    sort = kParametric;
  } else {
    sort = tag(level) == kZero ? kProp : kType;
  }
}

uint32_t small(Object number) { return static_cast<uint32_t>(unbox(number)); }

void push_inductive(const Constant& type, uint32_t sort, std::vector<uint32_t>& numbers) {
  Object value = type.value;
  for (const uint32_t number :
       {small(field(value, 1)), small(field(value, 2)), length_of(type.constructors()), small(field(value, 5)),
        length_of(type.block()), uint32_t{scalar_byte(value, 6, 0)}, uint32_t{scalar_byte(value, 6, 2)}, sort}) {
    numbers.push_back(number);
  }
}

void push_recursor(const Constant& recursor, uint32_t level_params, std::vector<uint32_t>& numbers) {
  if (recursor.kind != Kind::kRecursor) return;
  numbers.push_back(small(field(recursor.value, 4)));
  numbers.push_back(small(field(recursor.value, 5)));
  numbers.push_back(scalar_byte(recursor.value, 7, 0));
  numbers.push_back(length_of(recursor.level_params()) > level_params ? 1 : 0);
}

// The weak head normal form of a borrowed expression, owned; null where the kernel throws.
Object reduced(const Library& lean, Object environment, Object expr) {
  Object result = lean.reduce(environment, expr);
  Object value = tag(result) == 1 ? retain(field(result, 0)) : nullptr;
  lean.release(result);
  return value;
}

bool is_reduction_stable(const Library& lean, Object environment, Object value) {
  Object once = reduced(lean, environment, value);
  if (once == nullptr) return true;
  Object twice = reduced(lean, environment, once);
  const bool same = twice != nullptr && lean.same_expr(once, twice) != 0;
  lean.release(once);
  if (twice != nullptr) lean.release(twice);
  return same;
}

}  // namespace

bool shape_of(const Library& lean, const Constants& constants, Object environment, std::string_view name, bool reduce,
              Shape& shape) {
  Constant constant;
  if (!constants.find(environment, name, constant)) return false;
  shape = {constant.kind, length_of(constant.level_params()), {}};
  uint32_t binders, sort;
  push_result_sort(constant.type(), binders, sort);
  if (constant.kind == Kind::kInductive) {
    push_inductive(constant, sort, shape.numbers);
    Constant recursor;
    if (constants.find(environment, std::string(name) + ".rec", recursor)) {
      push_recursor(recursor, shape.level_params, shape.numbers);
    }
  } else {
    shape.numbers = {binders, sort};
  }
  if (reduce && constant.kind == Kind::kDefinition) {
    shape.numbers.push_back(is_reduction_stable(lean, environment, constant.body()) ? 1 : 0);
  }
  return true;
}

}  // namespace leanfuzz::lean
