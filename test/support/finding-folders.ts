import type { Candidate } from '../../src/api/candidate.js';
import type { Outcome } from '../../src/api/entries.js';
import type { Claim } from '../../src/api/execution.js';
import { asText } from '../../src/store/candidate-text.js';
import { readableProof } from '../../src/campaign/offline/selftest/kernel-cases.js';
import { constant, nat } from '../../src/ir/expr.js';
import { define } from '../../src/ir/hoas.js';
import { findingId } from '../../src/share/entry-codec.js';
import { writeFindingFolder } from '../../src/store/finding-folder.js';
import { candidate, leadVerdict, unit, verdict } from './fakes.js';
import { kernelUnit } from './kernel-units.js';
import { embedded } from './leans.js';

/** The parts of a finding made for a test, besides the candidate and the claim that it runs. */
export interface FindingParts {
  readonly kind?: 'lead' | 'solution';
  readonly mutant?: string;
  readonly outcome?: Outcome;
}

/** Writes a candidate and a claim as a finding below a folder, and returns the finding's own. */
export function findingOf(
  parent: string,
  found: Candidate,
  claim: Claim | undefined,
  { kind = 'solution', mutant, outcome = 'accepted' }: FindingParts = {},
): string {
  return writeFindingFolder(
    parent,
    {
      id: findingId(found, claim),
      candidate: found,
      verdict: kind === 'lead' ? leadVerdict() : verdict({ claim: claim?.name ?? '', axioms: [] }),
      form: 'named',
      outcome,
      ...(claim === undefined ? {} : { claim }),
      worker: 0,
    },
    asText(found.units, claim),
    { target: 'embedded', lean: embedded, mutant, elapsedSeconds: 1 },
  );
}

/** A real proof of False at the kernel level (#14613), among declarations that it does not need. */
export function kernelSolution(parent: string): string {
  const { candidate: proof, claim } = readableProof.inMutualBlock;
  const junk = (index: number) => kernelUnit(define(`junk_${index}`, [], constant('Nat'), nat(index)));
  const units = proof.units.flatMap((of, index) => [junk(2 * index), of, junk(2 * index + 1)]);
  return findingOf(parent, { ...proof, units }, claim);
}

/** A proof of False at the source level on a kernel that takes non-positive types, with what it does not need. */
export function sourceSolution(parent: string): string {
  const texts = [
    'structure Packed_1 where\n  value : Nat\n  text : String := "a"',
    'inductive Curry_2 (n : Nat) : Type where\n  | fold_3 (label : List Nat) (unfold : Curry_2 n → False) : Curry_2 n',
    'def halve_5 (n : Nat) : Nat := if n < 2 then n else n / 2',
    'def run_6 {n : Nat} : Curry_2 n → False\n  | .fold_3 label unfold => unfold (.fold_3 (halve_5 3 :: label) unfold)',
  ];
  const proof =
    'theorem soundness_check : False :=\n  have _ := halve_5 4\n  run_6 (n := 7) (.fold_3 [1, 2] run_6)';
  const found = candidate({ units: texts.map((text) => unit({ kind: 'def', text, declares: [] })) });
  const claim: Claim = { name: 'proof', constant: 'soundness_check', step: { kind: 'text', text: proof } };
  return findingOf(parent, found, claim, { mutant: 'positivity' });
}
