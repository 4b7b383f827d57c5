// Words to a Lean declaration, in two passes over the same grammar: the first only checks, so that words which are no
// declaration are refused before anything is built; the second builds. Lean takes any byte for a binder info, a
// safety or a flag, and any bytes for a string: what is let through here, it believes.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "bytes.h"
#include "names.h"

namespace leanfuzz::lean {

class Decoder {
 public:
  Decoder(const Library& lean, Names& names) : lean_(lean), names_(names) {}

  // The single declaration that the words say, owned; null where they say none, and then `problem` tells why.
  Object decode(Words words, std::string& problem);

  // Whether the words said last are those of quotients in an environment with nothing but an equality, which is the
  // declaration that they gave.
  bool is_bare_quotient() const { return is_bare_quotient_; }

  // Names that no declaration may have although they are free: the kernel gives them a meaning of its own, whatever
  // they are declared as.
  std::unordered_set<std::string> reserved;

 private:
  template <typename Builder>
  friend class Reading;
  friend class Build;

  const Library& lean_;
  Names& names_;
  bool is_bare_quotient_ = false;
  // Kept from one declaration to the next, so that decoding allocates no memory of its own.
  std::vector<std::string_view> texts_;
  std::vector<bool> checked_names_;
  std::vector<Object> shared_, pending_;
};

}  // namespace leanfuzz::lean
