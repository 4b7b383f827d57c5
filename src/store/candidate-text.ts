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
  const parts: string[] = [];
  let declarations: Declaration[] = [];
  const endListing = (): void => {
    if (declarations.length > 0) parts.push(listing(declarations));
    declarations = [];
  };
  for (const unit of units) {
    if (unit.form === 'kernel') {
      declarations.push(unit.declaration);
    } else {
      endListing();
      parts.push(`${unit.text}\n`);
    }
  }
  const claimed = claim?.step.kind === 'declaration' ? claimedBy(claim.step.words) : undefined;
  if (Array.isArray(claimed)) declarations.push(...claimed);
  endListing();
  if (typeof claimed === 'string') parts.push(claimed);
  return parts.join('\n');
}

/** The declarations of a claim, or why there are none. */
function claimedBy(words: Uint32Array): Declaration[] | string {
  try {
    return decode(words);
  } catch (error) {
    // A mutator's words may be none; the text must not stop the store.
    if (!(error instanceof MalformedWords)) throw error;
    return `-- malformed: ${error.message}\n`;
  }
}
