import type { Declaration } from '../ir/declaration.js';
import { asLean } from '../ir/print.js';
import { decode } from '../ir/tree-builder.js';
import { leanTextOf, type Unit } from '../ir/unit/unit.js';
import type { Claim } from './execution.js';

/** A source-level candidate and a claim as one Lean file. `claimed`: the claim's declarations, where they are decoded. */
export function asLeanText(units: readonly Unit[], claim?: Claim, claimed?: readonly Declaration[]): string {
  const parts = units.flatMap((unit) => leanTextOf(unit) ?? []);
  if (claim?.step.kind === 'text') parts.push(claim.step.text);
  // A proof that was made of a constant is a term; where Lean text can't say it, finding.json still has it.
  if (claim?.step.kind === 'declaration')
    parts.push(...(claimed ?? decode(claim.step.words)).flatMap((made) => asLean(made) ?? []));
  return `${parts.join('\n\n')}\n`;
}
