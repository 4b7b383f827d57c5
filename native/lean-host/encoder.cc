#include "encoder.h"

#include <algorithm>

#include "codec.h"
#include "expr.h"
#include "natural.h"

namespace leanfuzz::lean {

namespace {

struct Unsayable {
  std::string what;
};

}  // namespace

std::string Encoder::encode(const std::vector<Reached>& reached, std::vector<uint32_t>& words) {
  try {
    const std::vector<Declared> declarations = group(reached);
    for (const Declared& declared : declarations) count_all(declared);
    body_.push_back(static_cast<uint32_t>(declarations.size()));
    for (const Declared& declared : declarations) declare(declared);
    words = assemble();
    return "";
  } catch (const Unsayable& unsayable) {
    return unsayable.what;
  }
}

std::string Encoder::encode_headed(const std::vector<Headed>& terms, std::vector<uint32_t>& words) {
  try {
    for (const Headed& one : terms) count(one.term);
    body_.push_back(static_cast<uint32_t>(terms.size()));
    for (const Headed& one : terms) {
      body_.push_back(kAxiom);
      text(one.name);
      names(one.level_params);
      expr(one.term);
      body_.push_back(0);
    }
    words = assemble();
    return "";
  } catch (const Unsayable& unsayable) {
    return unsayable.what;
  }
}

std::vector<Encoder::Declared> Encoder::group(const std::vector<Reached>& reached) {
  std::unordered_set<std::string> seen;
  std::vector<Declared> declarations;
  for (const Reached& constant : reached) {
    seen.insert(constant.name);
    switch (constant.kind) {
      case Kind::kConstructor:
      case Kind::kRecursor:
      case Kind::kQuotient:
        break;
      case Kind::kInductive: {
        // The types of a block are reached one after the other; the last one has all that the block needs before it.
        Declared block;
        bool complete = true;
        each(get(constant.name).block(), [&](Object name) {
          complete = complete && seen.count(Names::text_of_name(name)) > 0;
          block.push_back(get(name));
        });
        if (complete) declarations.push_back(block);
        break;
      }
      default:
        declarations.push_back({get(constant.name)});
    }
  }
  return declarations;
}

Constant Encoder::get(std::string_view name) {
  Constant constant;
  if (!constants_.find(environment_, name, constant)) throw Unsayable{"no constant " + std::string(name)};
  return constant;
}

Constant Encoder::get(Object name) { return get(Names::text_of_name(name)); }

void Encoder::count_all(const Declared& declared) {
  for (const Constant& constant : declared) {
    count(constant.type());
    if (constant.has_body() && !is_stand_in(constant)) count(constant.body());
    if (constant.kind != Kind::kInductive) continue;
    each(constant.constructors(), [&](Object name) { count(get(name).type()); });
  }
}

void Encoder::count(Object expr) {
  bool has_parts = false;
  each_part(expr, [&](Object) { has_parts = true; });
  if (!has_parts || meetings_[expr]++ > 0) return;
  each_part(expr, [&](Object part) { count(part); });
}

bool Encoder::is_stand_in(const Constant& constant) const {
  return !stand_ins.empty() && stand_ins.count(Names::text_of_name(constant.name())) > 0;
}

void Encoder::declare(const Declared& declared) {
  const Constant& first = declared.front();
  if (is_stand_in(first)) {
    body_.push_back(kAxiom);
    typed(first);
    return body_.push_back(0);
  }
  switch (first.kind) {
    case Kind::kAxiom:
      body_.push_back(kAxiom);
      typed(first);
      body_.push_back(first.is_unsafe() ? 1 : 0);
      return;
    case Kind::kDefinition:
      body_.push_back(kDefinition);
      typed(first);
      body_.push_back(first.hint_word());
      body_.push_back(first.safety());
      return expr(first.body());
    case Kind::kTheorem:
      body_.push_back(kTheorem);
      typed(first);
      return expr(first.body());
    case Kind::kOpaque:
      body_.push_back(kOpaque);
      typed(first);
      body_.push_back(first.is_unsafe() ? 1 : 0);
      return expr(first.body());
    case Kind::kInductive:
      return inductive(declared);
    default:
      throw Unsayable{Names::text_of_name(first.name()) + " is not declared by itself"};
  }
}

void Encoder::inductive(const Declared& types) {
  const Constant& first = types.front();
  body_.push_back(kInductive);
  names(first.level_params());
  body_.push_back(static_cast<uint32_t>(unbox(first.parameters())));
  body_.push_back(first.is_unsafe() ? 1 : 0);
  body_.push_back(static_cast<uint32_t>(types.size()));
  for (const Constant& type : types) {
    name(type.name());
    expr(type.type());
    body_.push_back(length_of(type.constructors()));
    each(type.constructors(), [&](Object constructor) {
      name(constructor);
      expr(get(constructor).type());
    });
  }
}

void Encoder::typed(const Constant& constant) {
  name(constant.name());
  names(constant.level_params());
  expr(constant.type());
}

void Encoder::names(Object list) {
  body_.push_back(length_of(list));
  each(list, [&](Object one) { name(one); });
}

void Encoder::text(const std::string& text) {
  const auto [known, is_new] = text_numbers_.emplace(text, static_cast<uint32_t>(texts_.size()));
  if (is_new) texts_.push_back(text);
  body_.push_back(known->second);
}

void Encoder::name(Object name) { text(Names::text_of_name(name)); }

// Lean's levels have the tags of the words, in the same order.
void Encoder::level(Object level) {
  const uint64_t kind = tag(level);
  body_.push_back(static_cast<uint32_t>(kind));
  switch (kind) {
    case kZero:
      return;
    case kSucc:
      return this->level(field(level, 0));
    case kMax:
    case kImax:
      this->level(field(level, 0));
      return this->level(field(level, 1));
    case kParam:
    case kLevelMvar:
      return name(field(level, 0));
    default:
      throw Unsayable{"a level of unknown tag " + std::to_string(kind)};
  }
}

void Encoder::expr(Object expr) {
  const auto known = shared_.find(expr);
  if (known != shared_.end()) {
    body_.push_back(kReference);
    body_.push_back(known->second);
    return;
  }
  const auto met = meetings_.find(expr);
  const bool is_shared = met != meetings_.end() && met->second > 1;
  if (is_shared) body_.push_back(kDefine);
  node(expr);
  if (is_shared) shared_.emplace(expr, static_cast<uint32_t>(shared_.size()));
}

void Encoder::node(Object expr) {
  switch (kind_of(expr)) {
    case ExprKind::kBvar: {
      body_.push_back(kBvar);
      body_.push_back(static_cast<uint32_t>(unbox(field(expr, 0))));
      return;
    }
    case ExprKind::kFvar:
    case ExprKind::kMvar:
      body_.push_back(kind_of(expr) == ExprKind::kFvar ? kFvar : kMvar);
      return name(field(expr, 0));
    case ExprKind::kSort:
      body_.push_back(kSort);
      return level(field(expr, 0));
    case ExprKind::kConst:
      body_.push_back(kConst);
      name(field(expr, 0));
      body_.push_back(length_of(field(expr, 1)));
      each(field(expr, 1), [&](Object one) { level(one); });
      return;
    case ExprKind::kApp:
      body_.push_back(kApp);
      break;
    case ExprKind::kLambda:
    case ExprKind::kPi:
      body_.push_back(kind_of(expr) == ExprKind::kPi ? kPi : kLambda);
      name(field(expr, 0));
      body_.push_back(std::min<uint32_t>(info_of(expr), 3));
      break;
    case ExprKind::kLet:
      body_.push_back(kLet);
      name(field(expr, 0));
      break;
    case ExprKind::kLiteral: {
      Object literal = field(expr, 0);
      if (tag(literal) == kNatLiteral) return natural(field(literal, 0));
      body_.push_back(kString);
      return text(std::string(text_of(field(literal, 0))));
    }
    case ExprKind::kMdata:
      body_.push_back(kMdata);
      break;
    case ExprKind::kProj: {
      const Object boxed = field(expr, 1);
      const uint64_t index = is_scalar(boxed) ? unbox(boxed) : UINT64_MAX;
      const uint64_t high = index >> 32;
      if (high >= kMaxHighIndex) throw Unsayable{"a projection whose index is larger than 2^53"};
      body_.push_back(high == 0 ? kProj : kFarProj);
      name(field(expr, 0));
      body_.push_back(static_cast<uint32_t>(index));
      if (high > 0) body_.push_back(static_cast<uint32_t>(high));
      break;
    }
    default:
      throw Unsayable{"an expression of unknown tag " + std::to_string(tag(expr))};
  }
  each_part(expr, [&](Object part) { this->expr(part); });
}

void Encoder::natural(Object number) {
  const Natural natural = natural_of(number);
  if (natural.negative) throw Unsayable{"a negative number"};
  body_.push_back(kNat);
  body_.push_back(static_cast<uint32_t>(natural.words.size()));
  body_.insert(body_.end(), natural.words.begin(), natural.words.end());
}

std::vector<uint32_t> Encoder::assemble() const {
  std::string bytes;
  std::vector<uint32_t> words{kWordsVersion, 0, static_cast<uint32_t>(texts_.size())};
  for (const std::string& text : texts_) {
    words.push_back(static_cast<uint32_t>(text.size()));
    bytes += text;
  }
  words[1] = static_cast<uint32_t>(bytes.size());
  const size_t at = words.size();
  words.resize(at + (bytes.size() + 3) / 4);
  if (!bytes.empty()) memcpy(&words[at], bytes.data(), bytes.size());
  words.insert(words.end(), body_.begin(), body_.end());
  return words;
}

}  // namespace leanfuzz::lean
