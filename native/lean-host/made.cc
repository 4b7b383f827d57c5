#include "made.h"

#include "encoder.h"

namespace leanfuzz::lean {

namespace {

// A bound on the words about one job's types; src/execute/embedded/made.ts has the same.
constexpr size_t kMaxWords = 1 << 17;

struct Made {
  std::string name;
  Constant constant;
};

uint32_t small(Object number) { return static_cast<uint32_t>(unbox(number)); }

// The types of a block, the constructors of each, the recursor of each, and those of nested occurrences.
std::vector<Made> constants_of(const Constants& constants, Object environment, std::string_view type) {
  std::vector<Made> made;
  const auto add = [&](const std::string& name, Kind kind) {
    Constant constant;
    if (!constants.find(environment, name, constant) || constant.kind != kind) return false;
    made.push_back({name, constant});
    return true;
  };
  Constant first;
  if (!is_name(type) || !constants.find(environment, type, first) || first.kind != Kind::kInductive) return made;
  std::vector<std::string> block;
  each(first.block(), [&](Object name) { block.push_back(Names::text_of_name(name)); });
  for (const std::string& name : block) {
    if (!add(name, Kind::kInductive)) continue;
    each(made.back().constant.constructors(), [&](Object one) { add(Names::text_of_name(one), Kind::kConstructor); });
  }
  for (const std::string& name : block) add(name + ".rec", Kind::kRecursor);
  if (block.empty()) return made;
  for (uint32_t i = 1; add(block.front() + ".rec_" + std::to_string(i), Kind::kRecursor);) i++;
  return made;
}

void write_names(ByteWriter& out, Object names) {
  out.u32(length_of(names));
  each(names, [&](Object name) { out.string(Names::text_of_name(name)); });
}

void write_inductive(ByteWriter& out, Object value) {
  out.words({small(field(value, 1)), small(field(value, 2)), small(field(value, 5)), scalar_byte(value, 6, 0),
             scalar_byte(value, 6, 2), scalar_byte(value, 6, 1)});
  write_names(out, field(value, 3));
  write_names(out, field(value, 4));
  out.u32(0);
}

void write_constructor(ByteWriter& out, Object value) {
  out.words({small(field(value, 2)), small(field(value, 3)), small(field(value, 4)), scalar_byte(value, 5, 0)});
  out.u32(1);
  out.string(Names::text_of_name(field(value, 1)));
  out.u32(0);
  out.u32(0);
}

void write_recursor(ByteWriter& out, Object value) {
  out.words({small(field(value, 2)), small(field(value, 3)), small(field(value, 4)), small(field(value, 5)),
             scalar_byte(value, 7, 0), scalar_byte(value, 7, 1)});
  write_names(out, field(value, 1));
  out.u32(0);
  out.u32(length_of(field(value, 6)));
  each(field(value, 6), [&](Object rule) {
    out.string(Names::text_of_name(field(rule, 0)));
    out.u32(small(field(rule, 1)));
  });
}

void write_one(ByteWriter& out, const Made& made) {
  out.string(made.name);
  out.u8(static_cast<uint8_t>(made.constant.kind));
  switch (made.constant.kind) {
    case Kind::kInductive:
      return write_inductive(out, made.constant.value);
    case Kind::kConstructor:
      return write_constructor(out, made.constant.value);
    default:
      return write_recursor(out, made.constant.value);
  }
}

}  // namespace

void write_made(ByteWriter& out, const Constants& constants, Object environment,
                const std::vector<std::string_view>& types) {
  std::vector<Made> all;
  for (const std::string_view type : types) {
    for (Made& made : constants_of(constants, environment, type)) all.push_back(std::move(made));
  }
  // The terms: the type of each constant, and behind that of a recursor what its rules come to.
  std::vector<Headed> terms;
  for (const Made& made : all) {
    terms.push_back({made.name, made.constant.level_params(), made.constant.type()});
    if (made.constant.kind != Kind::kRecursor) continue;
    each(field(made.constant.value, 6), [&](Object rule) {
      terms.push_back({Names::text_of_name(field(rule, 0)), box(0), field(rule, 2)});
    });
  }
  std::vector<uint32_t> words;
  if (!Encoder(constants, environment).encode_headed(terms, words).empty() || words.size() > kMaxWords) {
    all.clear();
    words.clear();
    Encoder(constants, environment).encode({}, words);
  }
  out.u32(static_cast<uint32_t>(all.size()));
  for (const Made& made : all) write_one(out, made);
  out.words(words);
}

}  // namespace leanfuzz::lean
