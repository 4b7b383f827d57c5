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
  const above: (readonly [node: Expr, which: number])[] = [];
  let node: Expr | undefined = expr;
  for (const which of path) {
    // Where there is no such node, nothing is replaced.
    if (node === undefined) return expr;
    above.push([node, which]);
    node = childrenOf(node)[which];
  }
  if (node === undefined) return expr;
  return above.reduceRight((below, [around, which]) => {
    let at = 0;
    return mapNode(around, (child) => (at++ === which ? below : child));
  }, replacement);
}

/** The declaration with its expression number `which` (in the order of expressionsOf) replaced. */
export function withExpression(declaration: Declaration, which: number, replacement: Expr): Declaration {
  let at = 0;
  return mapExpressions(declaration, (expr) => (at++ === which ? replacement : expr));
}
