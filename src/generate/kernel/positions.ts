import { childrenOf, mapNode } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import type { Random } from '../../util/random.js';

/** A place in an expression. */
export interface Position {
  readonly expr: Expr;
  /** Binders above it. */
  readonly depth: number;
  /** The binders above it, outermost first, each by its number among all binders of the expression, in pre-order. */
  readonly above: readonly number[];
  /** Binders that come before it in pre-order, those above it among them. */
  readonly before: number;
}

/** Rewrites one node of an expression: the n-th, in pre-order, for which `pick` holds; undefined where none does. */
export function rewriteOne(
  random: Random,
  root: Expr,
  pick: (position: Pick<Position, 'expr' | 'depth'>) => boolean,
  replace: (position: Position) => Expr | undefined,
): Expr | undefined {
  const count = countNodes(root, 0, pick);
  if (count === 0) return undefined;
  let left = random.below(count);
  let before = 0;
  let replaced: Expr | undefined;
  const go = (expr: Expr, above: readonly number[]): Expr => {
    if (left < 0) return expr;
    const { length: depth } = above;
    if (pick({ expr, depth }) && left-- === 0) {
      replaced = replace({ expr, depth, above, before });
      return replaced ?? expr;
    }
    const inside = isBinder(expr) ? [...above, before++] : above;
    return mapNode(expr, (child, under) => go(child, under === 0 ? above : inside));
  };
  const result = go(root, []);
  return replaced === undefined ? undefined : result;
}

/** How many binders an expression has, each as often as it is written. */
export function countBinders(root: Expr): number {
  return countNodes(root, 0, ({ expr }) => isBinder(expr));
}

function isBinder({ kind }: Expr): boolean {
  return kind === 'lambda' || kind === 'pi' || kind === 'let';
}

function countNodes(
  expr: Expr,
  depth: number,
  pick: (position: Pick<Position, 'expr' | 'depth'>) => boolean,
): number {
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
