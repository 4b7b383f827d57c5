import type { Unit } from './candidate.js';
import type { Claim } from './execution.js';

/** A source-level candidate and a claim as one Lean file. */
export function asLeanText(units: readonly Unit[], claim: Claim | null): string {
  const parts = units.map((unit) => unit.text);
  if (claim?.step.kind === 'text') parts.push(claim.step.text);
  return `${parts.join('\n\n')}\n`;
}
