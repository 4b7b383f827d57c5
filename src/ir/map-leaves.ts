import { childAt } from './child-at.js';
import { mapNode } from './children.js';
import type { Expr } from './expr.js';

/** Parts that are larger are mapped once, also where they are shared: they may share so much that it never ends. */
const largeSize = 1 << 14;

/**
 * An expression with its leaves replaced, from left to right, each use of a shared leaf by itself. In a loop: what a user
 * imports may be nested deeper than the stack.
 */
export function mapLeaves(root: Expr, leaf: (expr: Expr) => Expr): Expr {
  const nodes: Expr[] = [root];
  /** Results for the finished parts of the nodes from the root to the one that it is at, the last at the end. */
  const made: Expr[] = [];
  /** How many of these belong to each of those nodes. */
  const counts: number[] = [0];
  let known: Map<Expr, Expr> | undefined;
  for (let last = 0; last >= 0; last = nodes.length - 1) {
    const node = nodes[last] as Expr;
    const count = counts[last] as number;
    const before = count === 0 && node.size > largeSize ? known?.get(node) : undefined;
    const part = before === undefined ? childAt(node, count) : undefined;
    if (part !== undefined) {
      counts[last] = count + 1;
      nodes.push(part);
      counts.push(0);
      continue;
    }
    let next = made.length - count;
    const result = before ?? (count === 0 ? leaf(node) : mapNode(node, () => made[next++] as Expr));
    made.length -= count;
    made.push(result);
    nodes.pop();
    counts.pop();
    if (node.size > largeSize) (known ??= new Map()).set(node, result);
  }
  return made[0] as Expr;
}
