#include "news.h"

#include <unordered_set>

#include "encoder.h"
#include "expr.h"

namespace leanfuzz::lean {

namespace {

// Fields of the kernel's environment, and of the map in it: what was imported, then what came on top.
constexpr unsigned kConstantsField = 0, kAddedField = 1;
// Tags of a persistent hash map's nodes, and of the entries of an inner node; an empty entry is a scalar.
constexpr uint64_t kCollision = 1, kEntry = 0;
// See lookLimits in src/api/execution.ts.
constexpr size_t kMaxConstants = 500, kMaxNodes = 2000;
constexpr uint64_t kMaxBytes = 16000;

// Elements of a borrowed array: size, capacity, elements.
struct Elements {
  explicit Elements(Object array) : words(reinterpret_cast<Object*>(reinterpret_cast<uint8_t*>(array) + sizeof(Header))) {}
  size_t size() const { return reinterpret_cast<size_t>(words[0]); }
  Object at(size_t index) const { return words[2 + index]; }

  Object* words;
};

// The values in a map, without those in parts that another map shares at the same place; `other` may be null.
void unshared(Object other, Object map, std::vector<Object>& found) {
  if (other == map) return;
  if (tag(map) == kCollision) {
    const Elements values(field(map, 1));
    for (size_t i = 0; i < values.size(); i++) found.push_back(values.at(i));
    return;
  }
  const Elements entries(field(map, 0));
  const bool has_others = other != nullptr && tag(other) != kCollision;
  for (size_t i = 0; i < entries.size(); i++) {
    Object entry = entries.at(i);
    Object old = has_others ? Elements(field(other, 0)).at(i) : nullptr;
    if (is_scalar(entry) || entry == old) continue;
    if (tag(entry) == kEntry) {
      found.push_back(field(entry, 1));
    } else {
      const bool is_node = old != nullptr && !is_scalar(old) && tag(old) != kEntry;
      unshared(is_node ? field(old, 0) : nullptr, field(entry, 0), found);
    }
  }
}

Object map_of(Object environment) { return field(field(environment, kConstantsField), kAddedField); }

std::vector<Constant> constants_between(Object older, Object newer) {
  std::vector<Object> gone, there;
  unshared(map_of(newer), map_of(older), gone);
  unshared(map_of(older), map_of(newer), there);
  // An entry that had to make room for another one is in both lists.
  const std::unordered_set<Object> known(gone.begin(), gone.end());
  std::vector<Constant> added;
  for (Object info : there) {
    if (known.count(info) == 0) added.push_back({static_cast<Kind>(tag(info)), field(info, 0)});
  }
  return added;
}

bool is_looked_at(const Constant& constant) {
  switch (constant.kind) {
    case Kind::kDefinition:
    case Kind::kTheorem:
    case Kind::kOpaque:
    case Kind::kInductive:
      return !constant.is_unsafe() && !constant.is_partial();
    default:
      return false;
  }
}

bool ends_in_sort(Object type) {
  while (kind_of(type) == ExprKind::kPi) type = field(type, 2);
  return kind_of(type) == ExprKind::kSort;
}

bool is_short(Object value) {
  if (is_scalar(value)) return true;
  return tag(value) != kStringTag || text_of(value).size() <= kMaxBytes;
}

// Whether expressions have few enough nodes together, shared ones counted once, and no literal that is too long.
bool are_small(std::vector<Object> open) {
  std::unordered_set<Object> seen;
  while (!open.empty()) {
    Object expr = open.back();
    open.pop_back();
    if (!seen.insert(expr).second) continue;
    if (seen.size() > kMaxNodes) return false;
    if (kind_of(expr) == ExprKind::kLiteral && !is_short(field(field(expr, 0), 0))) return false;
    each_part(expr, [&](Object part) { open.push_back(part); });
  }
  return true;
}

}  // namespace

void write_news(ByteWriter& out, const Constants& constants, Object older, Object newer) {
  std::vector<Reached> reached;
  std::unordered_set<std::string> said, as_axioms;
  uint32_t looked_at = 0, left = 0;
  for (const Constant& constant : constants_between(older, newer)) {
    if (!is_looked_at(constant)) continue;
    if (++looked_at > kMaxConstants) {
      left++;
      continue;
    }
    const std::string name = Names::text_of_name(constant.name());
    const bool whole = constant.kind == Kind::kInductive || ends_in_sort(constant.type());
    std::vector<Object> parts{constant.type()};
    if (whole && constant.has_body()) parts.push_back(constant.body());
    std::vector<Reached> block{{name, constant.kind, false, false}};
    if (constant.kind == Kind::kInductive) {
      // The others of its block may come later, and say the same.
      if (said.count(name) > 0) continue;
      block.clear();
      each(constant.block(), [&](Object type) {
        block.push_back({Names::text_of_name(type), Kind::kInductive, false, false});
        said.insert(block.back().name);
        Constant one;
        if (!constants.find(newer, block.back().name, one)) return;
        parts.push_back(one.type());
        each(one.constructors(), [&](Object constructor) {
          Constant made;
          if (constants.find(newer, Names::text_of_name(constructor), made)) parts.push_back(made.type());
        });
      });
    }
    if (!are_small(parts)) {
      left++;
      continue;
    }
    if (!whole) as_axioms.insert(name);
    reached.insert(reached.end(), block.begin(), block.end());
  }
  std::vector<uint32_t> words;
  Encoder encoder(constants, newer);
  encoder.stand_ins = std::move(as_axioms);
  if (!encoder.encode(reached, words).empty()) {
    // Where one can't be said, none is: they are only wanted to be looked at.
    Encoder(constants, newer).encode({}, words);
    left += static_cast<uint32_t>(reached.size());
  }
  out.words(words);
  out.u32(left);
}

}  // namespace leanfuzz::lean
