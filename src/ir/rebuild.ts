import { childrenOf, isLeaf, mapNode } from './children.js';
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
  /** Nodes as they have become; null while its children are in work. */
  const done = new Map<Expr, Expr | null>();
  const become = (node: Expr): Expr => done.get(node) ?? node;
  return (root) => {
    const open = [root];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      const state = done.get(node);
      if (state === undefined) {
        effort.nodes++;
        requireEffort();
        const other = instead(node);
        if (other === undefined && !isLeaf(node)) {
          done.set(node, null);
          const before = open.length;
          const children = childrenOf(node);
          for (let i = children.length - 1; i >= 0; i--) {
            const child = children[i];
            if (child !== undefined && !done.has(child)) open.push(child);
          }
          if (open.length > before) continue;
        }
        done.set(node, other ?? make(mapNode(node, become)));
      } else if (state === null) done.set(node, make(mapNode(node, become)));
      open.pop();
    }
    return become(root);
  };
}
