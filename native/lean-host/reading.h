// The grammar of the words, once for every builder.
#pragma once

#include <string>

#include "codec.h"
#include "decoder.h"
#include "utf8.h"

namespace leanfuzz::lean {

// Thrown for words that are no declaration; says where and why.
struct Malformed {
  std::string problem;
};

// A builder's methods are called when all parts of a node are there;
// parts of unknown number are collected on a stack of the builder's, from `mark` on.
template <typename Builder>
class Reading {
 public:
  using Part = typename Builder::Part;

  Reading(Decoder& decoder, Words words, Builder& builder) : decoder_(decoder), words_(words), build_(builder) {}

  Part only_declaration() {
    if (next("version") != kWordsVersion) {
      fail("version " + number(words_.at(0)) + ", expected " + number(kWordsVersion));
    }
    read_texts();
    const uint32_t count = next("number of declarations");
    if (count > words_.count) fail(number(count) + " declarations in " + number(words_.count) + " words");
    if (count != 1) throw Malformed{number(count) + " declarations in a step, expected 1"};
    const Part result = declaration();
    if (at_ != words_.count) fail(number(words_.count - at_) + " words too many");
    return result;
  }

 private:
  static std::string number(uint64_t n) { return std::to_string(n); }

  [[noreturn]] void fail(const std::string& problem) { throw Malformed{"word " + number(at_) + ": " + problem}; }

  uint32_t next(const char* what) {
    if (at_ >= words_.count) fail(std::string("the words end where a ") + what + " is expected");
    return words_.at(at_++);
  }

  void read_texts() {
    auto& texts = decoder_.texts_;
    texts.clear();
    const uint64_t bytes = next("text bytes");
    const uint64_t count = next("number of texts");
    const uint64_t table = (bytes + 3) / 4;
    if (count > kMaxNames || 3 + count + table > words_.count) fail("the text table is cut short");
    const char* start = reinterpret_cast<const char*>(words_.bytes) + (3 + count) * 4;
    uint64_t offset = 0;
    for (uint64_t i = 0; i < count; i++) {
      const uint32_t length = next("text length");
      if (length > kMaxTextBytes) fail("a text of " + number(length) + " bytes, at most " + number(kMaxTextBytes));
      if (offset + length > bytes) fail("the text table is cut short");
      texts.emplace_back(start + offset, length);
      if (Builder::kChecks && !is_utf8(texts.back())) fail("a text that is not UTF-8");
      offset += length;
    }
    at_ += static_cast<uint32_t>(table);
    decoder_.checked_names_.assign(texts.size(), false);
  }

  std::string_view text() {
    const uint32_t index = next("text");
    if (index >= decoder_.texts_.size()) fail("text " + number(index) + " of " + number(decoder_.texts_.size()));
    return decoder_.texts_[index];
  }

  std::string_view name() {
    const uint32_t before = at_;
    const std::string_view name = text();
    if (!Builder::kChecks) return name;
    const uint32_t index = words_.at(before);
    if (!decoder_.checked_names_[index] && !is_name(name)) fail("text " + number(index) + " is no name");
    decoder_.checked_names_[index] = true;
    return name;
  }

  bool flag(const char* what) {
    const uint32_t word = next(what);
    if (word > 1) fail(std::string(what) + " is " + number(word) + ", expected 0 or 1");
    return word == 1;
  }

  // `what` is "number of" something.
  template <typename Read>
  Part list(const char* what, Read read) {
    const uint32_t length = next(what);
    if (length > words_.count - at_) fail(number(length) + (what + strlen("number of")) + " in what is left of the words");
    const size_t mark = build_.mark();
    for (uint32_t i = 0; i < length; i++) build_.push(read());
    return build_.list(mark);
  }

  Part names() {
    return list("number of names", [&] { return build_.name(name()); });
  }

  Part declaration() {
    const uint32_t tag = next("declaration tag");
    switch (tag) {
      case kAxiom: {
        const auto header = typed();
        return build_.axiom(header, flag("unsafe"));
      }
      case kDefinition:
        return build_.single_definition(definition());
      case kTheorem: {
        const auto header = typed();
        return build_.theorem(header, expr(0));
      }
      case kOpaque: {
        const auto header = typed();
        const bool unsafe = flag("unsafe");
        return build_.opaque(header, expr(0), unsafe);
      }
      case kQuotient:
        return build_.quotient();
      case kMutual:
        return build_.mutual(list("number of definitions", [&] { return definition(); }));
      case kInductive:
        return inductive();
      case kBareQuotient:
        decoder_.is_bare_quotient_ = true;
        return inductive();
      default:
        fail("unknown declaration tag " + number(tag));
    }
  }

  std::string_view declared_name() {
    const uint32_t before = at_;
    const std::string_view called = name();
    // A bare quotient's equality is declared where nothing is, and nothing comes of it.
    if (Builder::kChecks && !decoder_.is_bare_quotient_ && decoder_.reserved.count(std::string(called)) > 0) {
      at_ = before;
      fail("declares " + std::string(called) + ", whose meaning the kernel takes for granted");
    }
    return called;
  }

  typename Builder::Typed typed() {
    const std::string_view called = declared_name();
    const Part params = names();
    return {called, params, expr(0)};
  }

  Part definition() {
    const auto header = typed();
    const uint32_t hint = next("hint");
    const uint32_t safety = next("safety");
    if (safety > 2) fail("safety " + number(safety) + ", expected 0 to 2");
    return build_.definition(header, hint, static_cast<uint8_t>(safety), expr(0));
  }

  Part inductive() {
    const Part params = names();
    const uint32_t parameters = next("parameters");
    const bool unsafe = flag("unsafe");
    const Part types = list("number of types", [&] {
      const std::string_view called = declared_name();
      const Part type = expr(0);
      return build_.inductive_type(called, type, list("number of constructors", [&] {
        const std::string_view constructor = declared_name();
        return build_.inductive_constructor(constructor, expr(0));
      }));
    });
    return build_.inductive(params, parameters, types, unsafe);
  }

  Part level(uint32_t depth) {
    if (depth > kMaxLevelDepth) fail("a level nested deeper than " + number(kMaxLevelDepth));
    const uint32_t tag = next("level tag");
    switch (tag) {
      case kZero:
        return build_.zero();
      case kSucc:
        return build_.succ(level(depth + 1));
      case kMax:
      case kImax: {
        const Part left = level(depth + 1);
        const Part right = level(depth + 1);
        return tag == kMax ? build_.max(left, right) : build_.imax(left, right);
      }
      case kParam:
        return build_.level_param(name());
      case kLevelMvar:
        return build_.level_mvar(name());
      default:
        fail("unknown level tag " + number(tag));
    }
  }

  Part expr(uint32_t depth) {
    if (depth > kMaxExprDepth) fail("an expression nested deeper than " + number(kMaxExprDepth));
    const uint32_t tag = next("expression tag");
    switch (tag) {
      case kBvar: {
        const uint32_t index = next("index");
        if (index > kMaxBvarIndex) fail("a bound variable of index " + number(index) + ", at most " + number(kMaxBvarIndex));
        return build_.bvar(index);
      }
      case kFvar:
        return build_.fvar(name());
      case kMvar:
        return build_.mvar(name());
      case kSort:
        return build_.sort(level(0));
      case kConst: {
        const std::string_view called = name();
        return build_.constant(called, list("number of levels", [&] { return level(0); }));
      }
      case kApp: {
        const Part fn = expr(depth + 1);
        return build_.app(fn, expr(depth + 1));
      }
      case kLambda:
      case kPi: {
        const std::string_view called = name();
        const uint32_t info = next("binder info");
        if (info > 3) fail("binder info " + number(info) + ", expected 0 to 3");
        const Part type = expr(depth + 1);
        const Part body = expr(depth + 1);
        return build_.binder(tag == kPi, called, static_cast<uint8_t>(info), type, body);
      }
      case kLet: {
        const std::string_view called = name();
        const Part type = expr(depth + 1);
        const Part value = expr(depth + 1);
        return build_.let(called, type, value, expr(depth + 1));
      }
      case kNat: {
        const uint32_t length = next("words of a number");
        if (length > kMaxNatWords) fail("a number of " + number(length) + " words, at most " + number(kMaxNatWords));
        if (length > words_.count - at_) fail("the words end where a word of a number is expected");
        const Words of{words_.bytes + size_t{at_} * 4, length};
        at_ += length;
        return build_.nat(of);
      }
      case kString:
        return build_.string(text());
      case kProj: {
        const std::string_view structure = name();
        const uint32_t index = next("index");
        return build_.proj(structure, index, expr(depth + 1));
      }
      case kFarProj: {
        const std::string_view structure = name();
        const uint64_t low = next("index");
        const uint32_t high = next("index");
        if (high == 0 || high >= kMaxHighIndex) {
          fail(number(high) + " as the higher word of an index, expected 1 to " + number(kMaxHighIndex - 1));
        }
        return build_.proj(structure, uint64_t{high} << 32 | low, expr(depth + 1));
      }
      case kMdata:
        return build_.mdata(expr(depth + 1));
      case kDefine: {
        const Part made = expr(depth + 1);
        build_.share(made);
        return made;
      }
      case kReference: {
        const uint32_t reference = next("reference");
        if (reference >= build_.shared()) {
          fail("reference " + number(reference) + " of " + number(build_.shared()) + " shared expressions");
        }
        return build_.again(reference);
      }
      default:
        fail("unknown expression tag " + number(tag));
    }
  }

  Decoder& decoder_;
  const Words words_;
  Builder& build_;
  uint32_t at_ = 0;
};

}  // namespace leanfuzz::lean
