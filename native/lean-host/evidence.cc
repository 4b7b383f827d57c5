#include "evidence.h"

#include <unordered_set>

#include "encoder.h"
#include "expr.h"
#include "natural.h"

namespace leanfuzz::lean {

namespace {

// Walks types, values, constructors, recursors and their rules, and the structure names of projections.
class Closure {
 public:
  Closure(const Constants& constants, Object environment) : constants_(constants), environment_(environment) {}

  std::vector<Reached> reached;  // in the order of dependency
  std::vector<std::string> base_axioms, base_unsafe, oddities;

  void visit(const std::string& name) {
    if (!seen_names_.insert(name).second) return;
    Constant constant;
    if (!constants_.find(environment_, name, constant)) {
      oddities.push_back("unknown constant " + name);
    } else if (constants_.is_base(name)) {
      if (constant.kind == Kind::kAxiom) base_axioms.push_back(name);
      if (constant.is_unsafe()) base_unsafe.push_back(name);
    } else {
      visit_parts(constant);
      reached.push_back({name, constant.kind, constant.is_unsafe(), constant.is_partial()});
    }
  }

 private:
  void visit(Object name) { visit(Names::text_of_name(name)); }
  void visit_all(Object names) {
    each(names, [&](Object name) { visit(name); });
  }

  void visit_parts(const Constant& constant) {
    visit_expr(constant.type());
    if (constant.has_body()) visit_expr(constant.body());
    switch (constant.kind) {
      case Kind::kInductive:
        visit_all(constant.block());
        return visit_all(constant.constructors());
      case Kind::kConstructor:
        return visit(field(constant.value, 1));
      case Kind::kRecursor:
        visit_all(field(constant.value, 1));
        return each(field(constant.value, 6), [&](Object rule) { visit_expr(field(rule, 2)); });
      default:
        return;
    }
  }

  void visit_expr(Object root) {
    std::vector<Object> open{root};
    while (!open.empty()) {
      Object expr = open.back();
      open.pop_back();
      if (!seen_exprs_.insert(expr).second) continue;
      switch (kind_of(expr)) {
        case ExprKind::kConst:
        case ExprKind::kProj:
          visit(field(expr, 0));
          break;
        case ExprKind::kLiteral:
          visit_literal(field(expr, 0));
          break;
        default:
          // Free variables and metavariables are the kernel's to refuse: where it accepts them, that is the bug, and the
          // replay asks it again.
          break;
      }
      each_part(expr, [&](Object part) { open.push_back(part); });
    }
  }

  void visit_literal(Object literal) {
    if (tag(literal) != kNatLiteral || !natural_of(field(literal, 0)).negative) return;
    oddities.push_back("negative literal " + digits_of(field(literal, 0)));
  }

  const Constants& constants_;
  const Object environment_;
  std::unordered_set<std::string> seen_names_;
  std::unordered_set<Object> seen_exprs_;
};

bool is_false(Object type) {
  return kind_of(type) == ExprKind::kConst && Names::text_of_name(field(type, 0)) == "False" && is_scalar(field(type, 1));
}

void write_list(ByteWriter& out, const std::vector<std::string>& texts) {
  out.u32(static_cast<uint32_t>(texts.size()));
  for (const std::string& text : texts) out.string(text);
}

}  // namespace

void write_evidence(ByteWriter& out, const Constants& constants, Object environment, std::string_view name) {
  Constant constant;
  const bool there = constants.find(environment, name, constant);
  Closure walk(constants, environment);
  if (there) walk.visit(std::string(name));
  out.string(name);
  out.u8(there ? static_cast<uint8_t>(constant.kind) : kMissing);
  out.u32(there ? length_of(constant.level_params()) : 0);
  out.u8(there && is_false(constant.type()) ? 1 : 0);
  out.u32(static_cast<uint32_t>(walk.reached.size()));
  for (const Reached& one : walk.reached) {
    out.string(one.name);
    out.u8(static_cast<uint8_t>(one.kind));
    out.u8((one.unsafe ? 1 : 0) | (one.partial ? 2 : 0));
  }
  write_list(out, walk.base_axioms);
  write_list(out, walk.base_unsafe);
  write_list(out, walk.oddities);
  std::vector<uint32_t> words;
  const std::string unsaid =
      there ? Encoder(constants, environment).encode(walk.reached, words) : "there is no such constant";
  out.u8(unsaid.empty() ? 1 : 0);
  if (unsaid.empty()) {
    out.words(words);
  } else {
    out.string(unsaid);
  }
}

void write_declared(ByteWriter& out, const Constants& constants, Object environment,
                    const std::vector<std::string_view>& names) {
  std::vector<Reached> base, added;
  std::unordered_set<std::string> seen;
  const auto add = [&](const std::string& name) {
    Constant constant;
    if (!is_name(name) || !constants.find(environment, name, constant)) return;
    const auto add_one = [&](const std::string& one, Kind kind) {
      if (seen.insert(one).second) (constants.is_base(one) ? base : added).push_back({one, kind, false, false});
    };
    // Constants that come with an inductive type are said by its whole block.
    switch (constant.kind) {
      case Kind::kConstructor:
        if (!constants.find(environment, Names::text_of_name(field(constant.value, 1)), constant)) return;
        break;
      case Kind::kRecursor:
        if (!constants.find(environment, Names::text_of_name(field(field(constant.value, 1), 0)), constant)) return;
        break;
      default:
        break;
    }
    if (constant.kind != Kind::kInductive) return add_one(name, constant.kind);
    each(constant.block(), [&](Object type) { add_one(Names::text_of_name(type), Kind::kInductive); });
  };
  for (const std::string_view name : names) add(std::string(name));
  for (const std::vector<Reached>& list : {base, added}) {
    std::vector<uint32_t> words, nothing;
    // Where one can't be said, none is: they are only wanted to be looked at.
    const bool said = Encoder(constants, environment).encode(list, words).empty();
    if (!said) Encoder(constants, environment).encode({}, nothing);
    out.words(said ? words : nothing);
  }
}

}  // namespace leanfuzz::lean
