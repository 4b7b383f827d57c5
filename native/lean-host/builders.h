// The use of words that are read: nothing, where they are only checked, or Lean objects.
#pragma once

#include "codec.h"
#include "decoder.h"

namespace leanfuzz::lean {

// Builds nothing: for the pass that checks.
class Check {
 public:
  static constexpr bool kChecks = true;
  struct Part {};
  struct Typed {
    std::string_view name;
    Part params, type;
  };

  size_t mark() { return 0; }
  void push(Part) {}
  Part list(size_t) { return {}; }
  void share(Part) { shared_++; }
  size_t shared() const { return shared_; }
  Part again(uint32_t) { return {}; }

  Part name(std::string_view) { return {}; }
  Part zero() { return {}; }
  Part succ(Part) { return {}; }
  Part max(Part, Part) { return {}; }
  Part imax(Part, Part) { return {}; }
  Part level_param(std::string_view) { return {}; }
  Part level_mvar(std::string_view) { return {}; }
  Part bvar(uint32_t) { return {}; }
  Part fvar(std::string_view) { return {}; }
  Part mvar(std::string_view) { return {}; }
  Part sort(Part) { return {}; }
  Part constant(std::string_view, Part) { return {}; }
  Part app(Part, Part) { return {}; }
  Part binder(bool, std::string_view, uint8_t, Part, Part) { return {}; }
  Part let(std::string_view, Part, Part, Part) { return {}; }
  Part nat(Words) { return {}; }
  Part string(std::string_view) { return {}; }
  Part proj(std::string_view, uint64_t, Part) { return {}; }
  Part mdata(Part) { return {}; }
  Part axiom(const Typed&, bool) { return {}; }
  Part definition(const Typed&, uint32_t, uint8_t, Part) { return {}; }
  Part single_definition(Part) { return {}; }
  Part theorem(const Typed&, Part) { return {}; }
  Part opaque(const Typed&, Part, bool) { return {}; }
  Part quotient() { return {}; }
  Part mutual(Part) { return {}; }
  Part inductive_constructor(std::string_view, Part) { return {}; }
  Part inductive_type(std::string_view, Part, Part) { return {}; }
  Part inductive(Part, uint32_t, Part, bool) { return {}; }

 private:
  size_t shared_ = 0;
};

// Builds Lean objects by Lean's own constructors, which also compute what is cached in them (hashes, loose ranges).
// Every part is owned, and consumed by what it becomes a part of.
class Build {
 public:
  static constexpr bool kChecks = false;
  using Part = Object;
  struct Typed {
    std::string_view name;
    Object params, type;
  };

  explicit Build(Decoder& decoder)
      : lean_(decoder.lean_), names_(decoder.names_), shared_(decoder.shared_), pending_(decoder.pending_) {
    shared_.clear();
    pending_.clear();
  }

  size_t mark() { return pending_.size(); }
  void push(Object part) { pending_.push_back(part); }
  Object list(size_t mark) {
    Object rest = box(0);
    for (; pending_.size() > mark; pending_.pop_back()) rest = lean_.constructor(1, {pending_.back(), rest});
    return rest;
  }
  // A shared expression is kept alive by the first place that holds it.
  void share(Object expr) { shared_.push_back(expr); }
  size_t shared() const { return shared_.size(); }
  Object again(uint32_t reference) { return retain(shared_[reference]); }

  Object name(std::string_view text) { return retain(names_.of(text)); }
  Object zero() { return lean_.level_zero(box(0)); }
  Object succ(Object of) { return lean_.level_succ(of); }
  Object max(Object left, Object right) { return lean_.level_max(left, right); }
  Object imax(Object left, Object right) { return lean_.level_imax(left, right); }
  Object level_param(std::string_view text) { return lean_.level_param(name(text)); }
  Object level_mvar(std::string_view text) { return lean_.level_mvar(name(text)); }
  Object bvar(uint32_t index) { return lean_.bvar(box(index)); }
  Object fvar(std::string_view text) { return lean_.fvar(name(text)); }
  Object mvar(std::string_view text) { return lean_.mvar(name(text)); }
  Object sort(Object level) { return lean_.sort(level); }
  Object constant(std::string_view text, Object levels) { return lean_.constant(name(text), levels); }
  Object app(Object fn, Object arg) { return lean_.app(fn, arg); }
  Object binder(bool is_pi, std::string_view text, uint8_t info, Object type, Object body) {
    return (is_pi ? lean_.pi : lean_.lambda)(name(text), type, body, info);
  }
  Object let(std::string_view text, Object type, Object value, Object body) {
    return lean_.let(name(text), type, value, body);
  }
  Object nat(Words of) {
    uint32_t words[kMaxNatWords];
    if (of.count > 0) memcpy(words, of.bytes, size_t{of.count} * 4);
    return lean_.literal(lean_.constructor(0, {lean_.natural(words, of.count)}));
  }
  Object string(std::string_view text) { return lean_.literal(lean_.constructor(1, {lean_.string(text)})); }
  Object proj(std::string_view structure, uint64_t index, Object of) {
    return lean_.proj(name(structure), box(index), of);
  }
  Object mdata(Object of) { return lean_.mdata(box(0), of); }

  Object axiom(const Typed& t, bool unsafe) {
    return lean_.constructor(kAxiom, {lean_.axiom(name(t.name), t.params, t.type, unsafe)});
  }
  Object definition(const Typed& t, uint32_t hint, uint8_t safety, Object value) {
    const Object hint_object = hint < kFirstHeight ? box(hint) : lean_.regular_hint(hint - kFirstHeight);
    return lean_.definition(name(t.name), t.params, t.type, value, hint_object, safety, only(t.name));
  }
  Object single_definition(Object value) { return lean_.constructor(kDefinition, {value}); }
  Object theorem(const Typed& t, Object value) {
    return lean_.constructor(kTheorem, {lean_.theorem(name(t.name), t.params, t.type, value, only(t.name))});
  }
  Object opaque(const Typed& t, Object value, bool unsafe) {
    return lean_.constructor(kOpaque, {lean_.opaque(name(t.name), t.params, t.type, value, unsafe, only(t.name))});
  }
  Object quotient() { return box(kQuotient); }
  Object mutual(Object definitions) { return lean_.constructor(kMutual, {definitions}); }
  Object inductive_constructor(std::string_view text, Object type) { return lean_.constructor(0, {name(text), type}); }
  Object inductive_type(std::string_view text, Object type, Object constructors) {
    return lean_.constructor(0, {name(text), type, constructors});
  }
  Object inductive(Object params, uint32_t parameters, Object types, bool unsafe) {
    return lean_.inductive(params, box(parameters), types, unsafe);
  }

 private:
  Object only(std::string_view text) { return lean_.constructor(1, {name(text), box(0)}); }

  const Library& lean_;
  Names& names_;
  std::vector<Object>& shared_;
  std::vector<Object>& pending_;
};

}  // namespace leanfuzz::lean
