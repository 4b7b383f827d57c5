import type { Declaration } from '../../ir/declaration.js';
import { mdata, type Expr } from '../../ir/expr.js';
import { mapExpressions } from '../../ir/rename.js';
import type { Random } from '../../util/random.js';
import { rewriteOne } from './positions.js';

/** How often an expression of a declaration gets notes. Around a part of an inductive type they are often refused. */
const share = { ofType: 0.1, other: 0.6 };
const most = 3;

/**
 * The declaration with notes for the elaborator around some of its parts: what they stand around means the same, and
 * a kernel has to look through them wherever it looks at a term.
 */
export function noteParts(random: Random, declaration: Declaration): Declaration {
  const often = declaration.kind === 'inductive' ? share.ofType : share.other;
  return mapExpressions(declaration, (expr) => {
    if (!random.chance(often)) return expr;
    let noted = expr;
    for (let left = random.between(1, most); left > 0; left--)
      noted = rewriteOne(random, noted, isPart, ({ expr: part }) => mdata(part)) ?? noted;
    return noted;
  });
}

/** One note is as good as two. */
function isPart({ kind }: Expr): boolean {
  return kind !== 'mdata';
}
