// Lean's objects to words: the declarations that make some constants of an environment, as src/ir/encode.ts writes them.
// Objects that Lean shares (the same pointer) are written once.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "constants.h"
#include "evidence.h"

namespace leanfuzz::lean {

// Something with a name and a term that is no whole declaration.
struct Headed {
  std::string name;
  Object level_params;
  Object term;
};

class Encoder {
 public:
  Encoder(const Constants& constants, Object environment) : constants_(constants), environment_(environment) {}

  // Declares what was reached, in that order. Constructors and recursors come with their inductive type: what the kernel
  // derives is to be derived again, not believed. Where some object is nothing that words can say, returns what it is;
  // "" is success.
  std::string encode(const std::vector<Reached>& reached, std::vector<uint32_t>& words);

  // The same for terms that stand by themselves: as axioms, whatever they are.
  std::string encode_headed(const std::vector<Headed>& terms, std::vector<uint32_t>& words);

  // Constants that are declared as axioms of their types, whatever they are.
  std::unordered_set<std::string> stand_ins;

 private:
  // The constants of one declaration: one, or the types of an inductive block.
  using Declared = std::vector<Constant>;

  Constant get(std::string_view name);
  Constant get(Object name);
  std::vector<Declared> group(const std::vector<Reached>& reached);

  bool is_stand_in(const Constant& constant) const;
  void count_all(const Declared& declared);
  void count(Object expr);
  void declare(const Declared& declared);
  void inductive(const Declared& types);
  void typed(const Constant& constant);
  void names(Object list);
  void text(const std::string& text);
  void name(Object name);
  void level(Object level);
  void expr(Object expr);
  void node(Object expr);
  void natural(Object number);
  std::vector<uint32_t> assemble() const;

  const Constants& constants_;
  const Object environment_;
  std::vector<uint32_t> body_;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, uint32_t> text_numbers_;
  std::unordered_map<Object, uint32_t> meetings_, shared_;
};

}  // namespace leanfuzz::lean
