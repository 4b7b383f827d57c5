#include "natural.h"

#include <algorithm>

namespace leanfuzz::lean {

Natural natural_of(Object number) {
  Natural result;
  const auto push = [&](uint64_t limb) {
    result.words.push_back(static_cast<uint32_t>(limb));
    result.words.push_back(static_cast<uint32_t>(limb >> 32));
  };
  if (is_scalar(number)) {
    push(unbox(number));
  } else if (number->tag == kBignumTag) {
    const int32_t used = reinterpret_cast<const int32_t*>(number + 1)[1];
    const auto* limbs = *reinterpret_cast<const uint64_t* const*>(number + 2);
    result.negative = used < 0;
    for (int32_t i = 0; i < std::abs(used); i++) push(limbs[i]);
  }
  while (!result.words.empty() && result.words.back() == 0) result.words.pop_back();
  return result;
}

std::string digits_of(Object number) {
  Natural natural = natural_of(number);
  std::string digits;
  while (!natural.words.empty()) {
    uint64_t rest = 0;
    for (size_t i = natural.words.size(); i > 0; i--) {
      rest = rest << 32 | natural.words[i - 1];
      natural.words[i - 1] = static_cast<uint32_t>(rest / 10);
      rest %= 10;
    }
    digits.push_back(static_cast<char>('0' + rest));
    while (!natural.words.empty() && natural.words.back() == 0) natural.words.pop_back();
  }
  if (digits.empty()) digits = "0";
  if (natural.negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace leanfuzz::lean
