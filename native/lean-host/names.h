// Hierarchical names as the project writes them (src/ir/name.ts): parts joined by dots, a part of digits is a number,
// «...» quotes a part that would read otherwise, "" is the anonymous name.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "library.h"

namespace leanfuzz::lean {


// Whether a text is a name. Number parts have at most 15 digits: what JavaScript holds exactly.
bool is_name(std::string_view text);

// Lean's names, made once each.
class Names {
 public:
  explicit Names(const Library& lean) : lean_(lean) {}

  // Borrowed; valid until the next call of forget_many().
  Object of(std::string_view text);
  // The text of a borrowed name.
  static std::string text_of_name(Object name);
  // Lets go of all names where there are very many: executed text and mutators can invent any number.
  void forget_many();

 private:
  const Library& lean_;
  std::unordered_map<std::string, Object> known_;
  std::string key_;
};

}  // namespace leanfuzz::lean
