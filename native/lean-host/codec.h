// The flat form of declarations; src/ir/codec.ts draws it, and a test compares the two.
#pragma once

#include <cstdint>

namespace leanfuzz::lean {

constexpr uint32_t kWordsVersion = 1;

enum LevelTag : uint32_t { kZero, kSucc, kMax, kImax, kParam, kLevelMvar };
enum ExprTag : uint32_t {
  kBvar,
  kFvar,
  kMvar,
  kSort,
  kConst,
  kApp,
  kLambda,
  kPi,
  kLet,
  kNat,
  kString,
  kProj,
  kMdata,
  kDefine,
  kReference,
  kFarProj  // a projection whose index needs two words, the lower one first
};
enum DeclarationTag : uint32_t { kAxiom, kDefinition, kTheorem, kOpaque, kQuotient, kMutual, kInductive, kBareQuotient };
enum HintWord : uint32_t { kOpaqueHint, kAbbreviation, kFirstHeight };

// Bounds, as in src/ir/codec.ts. Beyond the last one Lean's own constructor ends the process.
constexpr uint32_t kMaxExprDepth = 2000, kMaxLevelDepth = 200, kMaxTextBytes = 16384, kMaxNatWords = 4096, kMaxNames = 65536,
                   kMaxBvarIndex = 0xffffe, kMaxHighIndex = 1 << 21;

}  // namespace leanfuzz::lean
