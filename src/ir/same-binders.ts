import { childrenOf } from './expr-ops.js';
import type { Expr } from './expr.js';

/** Whether the binders of two expressions that are equal otherwise (`sameExpr`) have the same names and infos. */
export function sameBinders(first: Expr, second: Expr): boolean {
  const seen = new Map<Expr, Expr>();
  const open: [Expr, Expr][] = [[first, second]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    if (a === b || seen.get(a) === b) continue;
    seen.set(a, b);
    const isBinder = a.kind === 'lambda' || a.kind === 'pi';
    if (isBinder && (b.kind !== a.kind || a.name !== b.name || a.info !== b.info)) return false;
    if (a.kind === 'let' && (b.kind !== 'let' || a.name !== b.name)) return false;
    const others = childrenOf(b);
    childrenOf(a).forEach((child, i) => {
      const other = others[i];
      if (other !== undefined) open.push([child, other]);
    });
  }
  return true;
}
