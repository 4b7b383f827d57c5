import type { Finding } from '../api/entries.js';
import type { Declaration } from '../ir/declaration.js';
import { decode } from '../ir/tree-builder.js';

/**
 * The declarations of a finding, that of its claim last; of one of the source level, those of the claim alone. Throws
 * MalformedWords.
 */
export function declarationsOf({ candidate, claim }: Pick<Finding, 'candidate' | 'claim'>): Declaration[] {
  const declarations = candidate.units.flatMap((unit) => (unit.form === 'kernel' ? unit.declaration : []));
  return claim?.step.kind === 'declaration' ? [...declarations, ...decode(claim.step.words)] : declarations;
}
