import { childrenOf, mapNode } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import type { Random } from '../../util/random.js';

/** A place in an expression. */
export interface Position {
  readonly expr: Expr;
  /** Binders above it. */
  readonly depth: number;
}

/** Rewrites one node of an expression: the n-th, in pre-order, for which `pick` holds; undefined where none does. */
export function rewriteOne(
  random: Random,
  root: Expr,
  pick: (position: Position) => boolean,
  replace: (position: Position) => Expr | undefined,
): Expr | undefined {
  const count = countNodes(root, 0, pick);
  if (count === 0) return undefined;
  let left = random.below(count);
  let replaced: Expr | undefined;
  const go = (expr: Expr, depth: number): Expr => {
    if (left < 0) return expr;
    if (pick({ expr, depth }) && left-- === 0) {
      replaced = replace({ expr, depth });
      return replaced ?? expr;
    }
    return mapNode(expr, (child, under) => go(child, depth + under));
  };
  const result = go(root, 0);
  return replaced === undefined ? undefined : result;
}

function countNodes(expr: Expr, depth: number, pick: (position: Position) => boolean): number {
  let count = pick({ expr, depth }) ? 1 : 0;
  if (expr.kind === 'lambda' || expr.kind === 'pi') {
    return count + countNodes(expr.type, depth, pick) + countNodes(expr.body, depth + 1, pick);
  }
  if (expr.kind === 'let') {
    count += countNodes(expr.type, depth, pick) + countNodes(expr.value, depth, pick);
    return count + countNodes(expr.body, depth + 1, pick);
  }
  for (const child of childrenOf(expr)) count += countNodes(child, depth, pick);
  return count;
}
