import type { Finding } from '../../api/entries.js';
import type { WrongAnswer } from '../../execute/native/trial.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { canarySignature } from '../../judge/signature.js';
import { findingId } from '../../share/entry-codec.js';

/**
 * The lead that a wrong answer to a canary is: its declarations as a candidate whose answers are known, so that a
 * replay judges it like any other.
 */
export function canaryFinding(wrong: WrongAnswer, seed: number): Finding {
  const { canary, at, accepted, about } = wrong;
  const units = canary.declarations
    .slice(0, at + 1)
    .map((declaration, i) =>
      KernelUnit.of(declaration, { kind: 'canary', expected: i === at && accepted ? 'reject' : 'accept' }),
    );
  const lineage = { seed, run: 0, parents: [], mutators: ['canary'], categories: [] };
  const candidate = { level: 'kernel', lineage, units } as const;
  const verdict = {
    kind: 'lead',
    reasons: [about],
    suspect: at,
    signature: canarySignature(canary.name, accepted),
  } as const;
  const outcome = accepted ? 'accepted' : 'rejected';
  return { id: findingId(candidate, undefined), candidate, verdict, form: 'named', outcome, worker: 0 };
}
