import { childrenOf, mapNode } from './children.js';
import { effort, requireEffort } from './effort.js';
import type { Expr } from './expr.js';

type Remake = (node: Expr) => Expr;
type Instead = (node: Expr) => Expr | undefined;

/**
 * An expression made anew from its leaves up: `make` gets each node with its children as they have become. Where `instead`
 * says something for a node, that stands in its place, and nothing below it is looked at. Each shared node once, and
 * without recursion.
 */
export function rebuild(root: Expr, make: Remake, instead?: Instead): Expr {
  return rebuilder(make, instead)(root);
}

/** rebuild of several expressions that share parts: each part once. */
export function rebuilder(make: Remake, instead: Instead = () => undefined): (root: Expr) => Expr {
  const done = new Map<Expr, Expr>();
  const entered = new Set<Expr>();
  return (root) => {
    const open = [root];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      if (done.has(node)) {
        open.pop();
        continue;
      }
      if (!entered.has(node)) {
        entered.add(node);
        effort.nodes++;
        requireEffort();
        const other = instead(node);
        if (other !== undefined) {
          done.set(node, other);
          continue;
        }
        const missing = childrenOf(node).filter((child) => !done.has(child));
        if (missing.length > 0) {
          open.push(...missing.reverse());
          continue;
        }
      }
      done.set(node, make(mapNode(node, (child) => done.get(child) ?? child)));
    }
    return done.get(root) ?? root;
  };
}
