import { childAt } from '../../ir/child-at.js';
import type { Expr } from '../../ir/expr.js';
import { replaceAt } from '../../ir/positions.js';
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

/** Whether a node is one of those that are meant; `depth`: the binders above it. */
export type Pick = (expr: Expr, depth: number) => boolean;

/** Rewrites one node of an expression: the n-th, in pre-order, for which `pick` holds; undefined where none does. */
export function rewriteOne(
  random: Random,
  root: Expr,
  pick: Pick,
  replace: (position: Position) => Expr | undefined,
): Expr | undefined {
  const count = countNodes(root, pick);
  if (count === 0) return undefined;
  const walk = new Walk(root);
  let found = walk.next(pick);
  for (let left = random.below(count); left > 0; left--) found = walk.next(pick);
  if (found === undefined) return undefined;
  const replaced = replace({
    expr: found,
    depth: walk.above.length,
    above: [...walk.above],
    before: walk.binders,
  });
  return replaced === undefined ? undefined : replaceAt(root, walk.path, replaced);
}

/** How many binders an expression has, each as often as it is written. */
export function countBinders(root: Expr): number {
  return countNodes(root, isBinder);
}

function countNodes(root: Expr, pick: Pick): number {
  const walk = new Walk(root);
  let count = 0;
  while (walk.next(pick) !== undefined) count++;
  return count;
}

function isBinder({ kind }: Expr): boolean {
  return kind === 'lambda' || kind === 'pi' || kind === 'let';
}

/**
 * Goes through an expression in pre-order, shared nodes at each use. In a loop: what a user imports may be nested deeper
 * than the stack. Most candidates are broken so: it makes nothing on its way.
 */
class Walk {
  /** Binders that were entered so far: each has the number of those before it. */
  binders = 0;
  /** The numbers of the binders above the node that it is at, outermost first. */
  readonly above: number[] = [];
  /** The nodes from the root to the one that it is at, which part of each comes next, and the numbers of binders. */
  private readonly nodes: Expr[] = [];
  private readonly parts: number[] = [];
  private readonly numbers: number[] = [];

  constructor(private readonly root: Expr) {}

  /** The next node for which `pick` holds; undefined behind the last one. */
  next(pick: Pick): Expr | undefined {
    for (let node = this.step(); node !== undefined; node = this.step())
      if (pick(node, this.above.length)) return node;
    return undefined;
  }

  /** Which child to take at each step from the root to the node that it is at. */
  get path(): number[] {
    return this.parts.slice(0, -1).map((next) => next - 1);
  }

  private step(): Expr | undefined {
    if (this.parts.length === 0) return this.enter(this.root);
    for (let last = this.nodes.length - 1; last >= 0; last--) {
      const node = this.nodes[last] as Expr;
      const which = this.parts[last] as number;
      this.parts[last] = which + 1;
      if (which === bodyOf(node) + 1) this.above.pop();
      const part = childAt(node, which);
      if (part !== undefined) {
        if (which === 0 && isBinder(node)) this.numbers[last] = this.binders++;
        if (which === bodyOf(node)) this.above.push(this.numbers[last] as number);
        return this.enter(part);
      }
      this.nodes.pop();
      if (last > 0) this.parts.pop();
    }
    return undefined;
  }

  private enter(node: Expr): Expr {
    this.nodes.push(node);
    this.parts.push(0);
    return node;
  }
}

/** Which part of a node stands under its binder; beyond all parts where it has none. */
function bodyOf({ kind }: Expr): number {
  return kind === 'let' ? 2 : kind === 'lambda' || kind === 'pi' ? 1 : Infinity;
}
