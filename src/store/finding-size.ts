import type { Finding } from '../api/entries.js';

/** How much there is to look at: words at the kernel level, else characters. */
export function sizeOf({ candidate, claim }: Pick<Finding, 'candidate' | 'claim'>): number {
  const claimed = claim?.step.kind === 'declaration' ? claim.step.words : claim?.step.text;
  return candidate.units.reduce((sum, unit) => sum + unit.size, claimed?.length ?? 0);
}
