import type { Declaration } from './declaration.js';
import { childrenOf, mapNode } from './expr-ops.js';
import type { Expr } from './expr.js';
import { mapExpressions } from './rename.js';

/** A node of an expression, every use of a shared one counted. */
export interface Position {
  /** Which child to take at each step from the root. */
  readonly path: readonly number[];
  readonly expr: Expr;
  /** Binders between the root and the node. */
  readonly binders: number;
}

/** The nodes of an expression from the root down, level by level, at most `limit`. */
export function positionsOf(root: Expr, limit: number): Position[] {
  const found: Position[] = [{ path: [], expr: root, binders: 0 }];
  for (let at = 0; at < found.length && found.length < limit; at++) {
    const { path, expr, binders } = found[at] ?? { path: [], expr: root, binders: 0 };
    const children = childrenOf(expr);
    const binds = expr.kind === 'lambda' || expr.kind === 'pi' || expr.kind === 'let';
    children.forEach((child, which) => {
      const below = binds && which === children.length - 1 ? 1 : 0;
      found.push({ path: [...path, which], expr: child, binders: binders + below });
    });
  }
  return found;
}

/** The expression with the node at a path replaced. */
export function replaceAt(expr: Expr, path: readonly number[], replacement: Expr): Expr {
  const [which, ...rest] = path;
  if (which === undefined) return replacement;
  let at = 0;
  return mapNode(expr, (child) => (at++ === which ? replaceAt(child, rest, replacement) : child));
}

/** The declaration with its expression number `which` (in the order of expressionsOf) replaced. */
export function withExpression(declaration: Declaration, which: number, replacement: Expr): Declaration {
  let at = 0;
  return mapExpressions(declaration, (expr) => (at++ === which ? replacement : expr));
}
