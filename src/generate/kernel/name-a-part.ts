import type { Declaration } from '../../ir/declaration.js';
import { abstract, childrenOf } from '../../ir/expr-ops.js';
import { fvar, letIn, sameExpr, type Expr } from '../../ir/expr.js';
import { rebuild } from '../../ir/rebuild.js';
import { inferType } from '../../kernel/infer.js';
import type { Typing } from '../../kernel/typing.js';
import type { Random } from '../../util/random.js';
import { rewriteOne } from './positions.js';

/** How often the part is one of the value's, and not of the type's. */
const valueShare = 0.75;

/** Stands for the part until it is bound. */
const standIn = 'part';

/** The declaration with a part of its value or of its type named by a `let`; undefined where there is none. */
export function nameAPart(random: Random, t: Typing, declaration: Declaration): Declaration | undefined {
  if (!('value' in declaration)) return undefined;
  if (random.chance(valueShare)) {
    const value = withNamedPart(random, t, declaration.value);
    return value === undefined ? undefined : { ...declaration, value };
  }
  const type = withNamedPart(random, t, declaration.type);
  return type === undefined ? undefined : { ...declaration, type };
}

/**
 * The same by definition with `let x := part; ...` somewhere in it, and x wherever that part stood behind: types, too,
 * so that the rest may have a type only for the value that x has.
 */
export function withNamedPart(random: Random, t: Typing, root: Expr): Expr | undefined {
  const hasParts = ({ size }: Expr): boolean => size > 1;
  return rewriteOne(random, root, hasParts, ({ expr }) => {
    const parts = closedParts(expr);
    if (parts.length === 0) return undefined;
    const named = random.pick(parts);
    const type = inferType(t, named);
    return letIn('x', type, named, abstract(replaced(expr, named), standIn));
  });
}

/** Parts without loose variables, each once, the whole not among them. */
function closedParts(whole: Expr): Expr[] {
  const found = new Set<Expr>();
  const seen = new Set<Expr>();
  const open = [...childrenOf(whole)];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.looseRange === 0) found.add(expr);
    open.push(...childrenOf(expr));
  }
  return [...found];
}

function replaced(expr: Expr, named: Expr): Expr {
  const instead = (part: Expr): Expr | undefined =>
    part.size < named.size ? part : sameExpr(part, named) ? fvar(standIn) : undefined;
  return rebuild(expr, (node) => node, instead);
}
