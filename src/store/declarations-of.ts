import type { Finding } from '../api/entries.js';
import type { Declaration } from '../ir/declaration.js';
import { asLean } from '../ir/print.js';
import { decode } from '../ir/tree-builder.js';

/** The declarations of a kernel-level finding, that of its claim last. Throws MalformedWords. */
export function declarationsOf({ candidate, claim }: Pick<Finding, 'candidate' | 'claim'>): Declaration[] {
  const declarations = candidate.units.flatMap((unit) => (unit.form === 'kernel' ? unit.declaration : []));
  return claim?.step.kind === 'declaration' ? [...declarations, ...decode(claim.step.words)] : declarations;
}

/** Declarations as one Lean file; null where Lean text can't say one of them. */
export function leanTextOf(declarations: readonly Declaration[]): string | null {
  const said = declarations.map(asLean);
  return said.every((part) => part !== undefined) ? `${said.join('\n\n')}\n` : null;
}
