#include "names.h"

#include <algorithm>
#include <vector>

#include "natural.h"

namespace leanfuzz::lean {

namespace {

constexpr std::string_view kOpen = "\u00ab", kClose = "\u00bb";  // guillemets, two bytes each
// The digits that a JavaScript number holds exactly, and one less.
constexpr size_t kMaxDigits = 15;
constexpr size_t kMaxNames = 50000;
constexpr uint64_t kNumberTag = 2;

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plain(std::string_view part) { return !is_digits(part) || part.size() <= kMaxDigits; }

std::string quoted(std::string_view part) {
  const bool needs = part.empty() || is_digits(part) || part.find('.') != part.npos || part.find(kOpen) != part.npos ||
                     part.find(kClose) != part.npos;
  std::string text;
  if (needs) text += kOpen;
  text += part;
  if (needs) text += kClose;
  return text;
}

}  // namespace

namespace {

struct NamePart {
  std::string_view text;
  bool quoted;
};

// Calls `visit` for the parts of a name, outermost first; false where the text is none.
template <typename Visit>
bool split_name(std::string_view name, Visit visit) {
  if (name.empty()) return true;
  const bool has_quotes = name.find(kOpen) != name.npos;
  for (size_t at = 0;;) {
    size_t end;
    if (has_quotes && name.compare(at, kOpen.size(), kOpen) == 0) {
      const size_t start = at + kOpen.size();
      end = start;
      // The first closing quote that ends a part: what is quoted may hold others.
      do {
        const size_t close = name.find(kClose, end);
        if (close == name.npos) return false;
        end = close + kClose.size();
      } while (end < name.size() && name[end] != '.');
      visit(NamePart{name.substr(start, end - kClose.size() - start), true});
    } else {
      end = std::min(name.find('.', at), name.size());
      const std::string_view part = name.substr(at, end - at);
      if (!is_plain(part) || (has_quotes && (part.empty() || part.find(kOpen) != part.npos))) return false;
      visit(NamePart{part, false});
    }
    if (end >= name.size()) return true;
    at = end + 1;
  }
}

}  // namespace

bool is_name(std::string_view text) {
  return split_name(text, [](NamePart) {});
}

Object Names::of(std::string_view text) {
  key_.assign(text);
  const auto found = known_.find(key_);
  if (found != known_.end()) return found->second;
  Object name = box(0);
  split_name(text, [&](const NamePart& part) {
    if (part.quoted || !is_digits(part.text)) {
      name = lean_.name_string(name, lean_.string(part.text));
    } else {
      name = lean_.name_number(name, box(std::stoull(std::string(part.text))));
    }
  });
  known_.emplace(key_, name);
  return name;
}

std::string Names::text_of_name(Object name) {
  std::vector<Object> parts;
  for (; !is_scalar(name); name = field(name, 0)) parts.push_back(name);
  std::string text;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (part != parts.rbegin()) text += '.';
    Object last = field(*part, 1);
    text += tag(*part) == kNumberTag ? digits_of(last) : quoted(text_of(last));
  }
  return text;
}

void Names::forget_many() {
  if (known_.size() < kMaxNames) return;
  for (const auto& [text, name] : known_) lean_.release(name);
  known_.clear();
}

}  // namespace leanfuzz::lean
