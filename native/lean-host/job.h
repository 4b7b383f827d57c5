// A request to an executor, as src/execute/job-codec.ts writes it.
#pragma once

#include "bytes.h"

namespace leanfuzz::lean {

enum class StepKind : uint8_t { kText, kDeclaration, kFile };

struct Step {
  StepKind kind;
  Words words;            // of a declaration
  std::string_view text;  // of the others
  std::string_view hash;  // of what it says; a claim's step has none
};

struct Claim {
  std::string_view constant;
  Step step;
};

struct Job {
  bool is_kernel_level, strict, reduce, look, imported, trace;
  std::vector<Step> steps;
  std::vector<Claim> claims;
  std::vector<std::string_view> describe, declare, made;
};

constexpr size_t kHashBytes = 16;

inline Step read_step(ByteReader& from, std::string_view hash = {}) {
  const auto kind = static_cast<StepKind>(from.u8());
  if (kind == StepKind::kDeclaration) return {kind, from.words(), {}, hash};
  return {kind, {}, from.string(), hash};
}

// Words that are no job leave the reader bad.
inline Job read_job(ByteReader& from) {
  Job job{};
  job.is_kernel_level = from.u8() == 1;
  const uint8_t flags = from.u8();
  job.strict = (flags & 1) != 0;
  job.reduce = (flags & 2) != 0;
  job.look = (flags & 4) != 0;
  job.imported = (flags & 8) != 0;
  job.trace = (flags & 16) != 0;
  from.list([&] {
    const std::string_view hash = from.bytes(kHashBytes);
    job.steps.push_back(read_step(from, hash));
  });
  from.list([&] {
    from.string();  // what the claim is called
    const std::string_view constant = from.string();
    job.claims.push_back({constant, read_step(from)});
  });
  from.list([&] { job.describe.push_back(from.string()); });
  from.list([&] { job.declare.push_back(from.string()); });
  from.list([&] { job.made.push_back(from.string()); });
  return job;
}

}  // namespace leanfuzz::lean
