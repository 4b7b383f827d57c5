import type { Claim } from '../api/execution.js';

/** The constant that every claim has to prove. */
export const claimedConstant = 'soundness_check';

/**
 * The fixed suffixes: attempts at False by the tactics that a poisoned environment might satisfy. They are nearly
 * blind (see docs/judge.md), so probes come on top; but they are cheap, and what users of other fuzzers know.
 */
export const suffixes: readonly Claim[] = [
  suffix('trivial', 'by trivial'),
  suffix('simp_all', 'by simp_all'),
  suffix('native_decide', 'by native_decide'),
  suffix('omega', 'Nat.zero_ne_one (by omega)'),
  suffix('decide', 'by decide'),
  suffix('assumption', 'by assumption'),
  suffix('inferInstance', 'inferInstance'),
];

/** The same as terms, for a library without tactics: what conversion and the elaborator must not let pass. */
export const termSuffixes: readonly Claim[] = [
  suffix('zero is one', 'Nat.noConfusion (rfl : @Eq Nat Nat.zero (Nat.succ Nat.zero))'),
  suffix('true is false', 'Bool.noConfusion (rfl : @Eq Bool Bool.true Bool.false)'),
  suffix('True is False', '@Eq.rec Prop True (fun p _ => p) True.intro False rfl'),
  suffix('itself', claimedConstant),
];

/** A claim that is tried from the state behind a prefix. */
export function suffix(name: string, proof: string): Claim {
  return {
    name,
    constant: claimedConstant,
    step: { kind: 'text', text: `theorem ${claimedConstant} : False := ${proof}` },
  };
}
