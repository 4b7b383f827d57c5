#include "first_line.h"

namespace leanfuzz::lean {

namespace {

// Fields of Lean's `Message`: the data is the last. Constructors of `MessageData`, by number.
constexpr unsigned kMessageFields = 5, kData = 4;
enum Data : uint64_t {
  kFormat = 0, kWidget = 2, kWithContext = 3, kWithNamingContext = 4, kNest = 5, kCompose = 7, kTagged = 8,
};
// Constructors of `Format`; the first two have no fields.
enum Format : uint64_t { kLine = 1, kText = 3, kFormatNest = 4, kAppend = 5, kFormatTag = 7 };
constexpr unsigned kMaxDepth = 256;

bool has_fields(Object o, unsigned count) { return !is_scalar(o) && o->fields == count; }

// Whether a borrowed format ends a line wherever it stands. What is in a group may be written in one.
bool ends_line(Object format, unsigned depth) {
  if (is_scalar(format)) return unbox(format) == kLine;
  if (depth == 0) return false;
  switch (tag(format)) {
    case kText: {
      Object text = has_fields(format, 1) ? field(format, 0) : nullptr;
      return text != nullptr && !is_scalar(text) && text->tag == kStringTag && text_of(text).find('\n') != std::string_view::npos;
    }
    case kAppend:
      return has_fields(format, 2) && (ends_line(field(format, 0), depth - 1) || ends_line(field(format, 1), depth - 1));
    case kFormatNest:
    case kFormatTag:
      return has_fields(format, 2) && ends_line(field(format, 1), depth - 1);
    default:
      return false;
  }
}

// The borrowed data up to where its line surely ends, owned; `ended` says whether it does.
Object cut(const Library& lean, Object data, unsigned depth, bool& ended) {
  if (is_scalar(data) || depth == 0) return retain(data);
  const uint64_t which = tag(data);
  switch (which) {
    case kFormat:
      ended = has_fields(data, 1) && has_fields(field(data, 0), 2) && ends_line(field(field(data, 0), 0), depth);
      return retain(data);
    case kCompose: {
      if (!has_fields(data, 2)) return retain(data);
      Object left = cut(lean, field(data, 0), depth - 1, ended);
      if (ended) return left;
      return lean.constructor(kCompose, {left, cut(lean, field(data, 1), depth - 1, ended)});
    }
    case kWidget:
    case kWithContext:
    case kWithNamingContext:
    case kNest:
    case kTagged:
      if (!has_fields(data, 2)) return retain(data);
      return lean.constructor(static_cast<uint8_t>(which), {retain(field(data, 0)), cut(lean, field(data, 1), depth - 1, ended)});
    default:
      return retain(data);
  }
}

}  // namespace

Object first_line_of(const Library& lean, Object message) {
  if (!has_fields(message, kMessageFields)) return message;
  bool ended = false;
  Object data = cut(lean, field(message, kData), kMaxDepth, ended);
  return lean.with_field(message, kData, data);
}

}  // namespace leanfuzz::lean
