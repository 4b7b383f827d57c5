#include "decoder.h"

#include "builders.h"
#include "reading.h"

namespace leanfuzz::lean {

Object Decoder::decode(Words words, std::string& problem) {
  names_.forget_many();
  is_bare_quotient_ = false;
  try {
    Check check;
    Reading<Check>(*this, words, check).only_declaration();
  } catch (const Malformed& malformed) {
    problem = malformed.problem;
    return nullptr;
  }
  Build build(*this);
  return Reading<Build>(*this, words, build).only_declaration();
}

}  // namespace leanfuzz::lean
