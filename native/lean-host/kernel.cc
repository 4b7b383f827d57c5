#include "kernel.h"

#include <algorithm>

#include "codec.h"
#include "../engine/checksum.h"

namespace leanfuzz::lean {

namespace {

// Constructors of Lean's `Kernel.Exception`, in order; src/execute/embedded/messages.ts has the same.
constexpr const char* kExceptions[] = {
    "unknownConstant", "alreadyDeclared",   "declTypeMismatch", "declHasMVars",  "declHasFVars",     "funExpected",
    "typeExpected",    "letTypeMismatch",   "exprTypeMismatch", "appTypeMismatch", "invalidProj",    "thmTypeIsNotProp",
    "other",           "deterministicTimeout", "excessiveMemory", "deepRecursion", "interrupted",
};
constexpr uint64_t kOther = 12;
constexpr size_t kMaxMessage = 2000;

// Of so many declarations one, by what it says, is checked as with `set_option diagnostics true`: Lean counts what it
// unfolds, and must say the same.
constexpr uint32_t kDiagnosedOneOf = 16;

bool is_diagnosed(Words words) { return checksum(words.bytes, words.count * sizeof(uint32_t)) % kDiagnosedOneOf == 0; }

}  // namespace

Answer Kernel::add(Object environment, Words words, bool unlimited) {
  Answer answer{nullptr, {}, 0};
  Object declaration = decoder_.decode(words, answer.refusal.message);
  if (declaration == nullptr) {
    answer.refusal.kind = "malformed";
    return answer;
  }
  if (!decoder_.is_bare_quotient()) {
    const bool counts = is_diagnosed(words);
    Object before = retain(environment);
    if (counts) before = lean_.diagnose(before, true);
    Answer added = add_one(before, declaration, unlimited);
    if (counts && added.state != nullptr) added.state = lean_.diagnose(added.state, false);
    lean_.release(declaration);
    return added;
  }
  Answer with_equality = add_one(lean_.empty_environment(), declaration, unlimited);
  lean_.release(declaration);
  if (with_equality.state == nullptr) return with_equality;
  Answer made = add_one(with_equality.state, box(kQuotient), unlimited);
  made.heartbeats += with_equality.heartbeats;
  if (made.state == nullptr) return made;
  // That environment has served its purpose.
  lean_.release(made.state);
  made.state = retain(environment);
  return made;
}

Answer Kernel::add_one(Object environment, Object declaration, bool unlimited) {
  Answer answer{nullptr, {}, 0};
  // The counter that the limit is compared with is cumulative: started anew, the limit holds for this declaration.
  lean_.reset_heartbeats();
  const size_t before = lean_.heartbeats();
  Object result =
      lean_.add_declaration(environment, unlimited ? 0 : limits_.heartbeats, limits_.recursion_depth, declaration);
  answer.heartbeats = static_cast<uint32_t>(std::min<size_t>(lean_.heartbeats() - before, UINT32_MAX));
  if (tag(result) == 1) {
    answer.state = retain(field(result, 0));
  } else {
    answer.refusal = describe(field(result, 0));
  }
  lean_.release(result);
  return answer;
}

Refusal Kernel::describe(Object exception) const {
  const uint64_t which = tag(exception);
  const std::string name = which < std::size(kExceptions) ? kExceptions[which] : "unknown";
  const std::string message = which == kOther ? std::string(text_of(field(exception, 0)).substr(0, kMaxMessage)) : name;
  return {"(kernel) " + message, "kernel." + name};
}

}  // namespace leanfuzz::lean
