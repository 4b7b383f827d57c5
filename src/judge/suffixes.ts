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

/** A claim that is tried from the state behind a prefix. */
export function suffix(name: string, proof: string): Claim {
  return {
    name,
    constant: claimedConstant,
    step: { kind: 'text', text: `theorem ${claimedConstant} : False := ${proof}` },
  };
}
