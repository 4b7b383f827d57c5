import type { Unit } from '../api/candidate.js';
import type { Claim } from '../api/execution.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { listing } from '../ir/print.js';
import { decode } from '../ir/tree-builder.js';
import { asLeanText } from '../api/lean-text.js';

/** A candidate and a claim for people: the Lean file at source level, a listing at kernel level. */
export function asText(units: readonly Unit[], claim?: Claim): string {
  if (units.every((unit) => unit.form !== 'kernel')) return asLeanText(units, claim);
  const parts: string[] = units.map((unit) =>
    unit.form === 'kernel' ? listing([unit.declaration]) : `${unit.text}\n`,
  );
  if (claim?.step.kind === 'declaration') parts.push(listed(claim.step.words));
  return parts.join('\n');
}

function listed(words: Uint32Array): string {
  let declarations: Declaration[];
  try {
    declarations = decode(words);
  } catch (error) {
    // A mutator's words may be none; the text must not stop the store.
    if (!(error instanceof MalformedWords)) throw error;
    return `-- malformed: ${error.message}\n`;
  }
  return listing(declarations);
}
