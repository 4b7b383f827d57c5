import type { Candidate } from '../api/candidate.js';
import type { Claim } from '../api/execution.js';

/** A candidate, and the claim behind its declarations. */
interface Sized {
  readonly candidate: Candidate;
  readonly claim?: Claim | undefined;
}

/** How much there is to look at: words at the kernel level, else characters. */
export function sizeOf({ candidate, claim }: Sized): number {
  const claimed = claim?.step.kind === 'declaration' ? claim.step.words : claim?.step.text;
  return candidate.units.reduce((sum, unit) => sum + unit.size, claimed?.length ?? 0);
}

/** How many declarations there are, the claim's among them. */
export function declarationsIn({ candidate, claim }: Sized): number {
  return candidate.units.length + (claim === undefined ? 0 : 1);
}

/** Both in words, as every list of findings says them. */
export function describeSize(finding: Sized): string {
  const count = declarationsIn(finding);
  return `${count} ${count === 1 ? 'declaration' : 'declarations'} of size ${sizeOf(finding)}`;
}
