import { apply, binder, letIn, mdata, proj, type Expr } from '../../ir/expr.js';
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
  const count = countNodes(root, 0, pick);
  return count === 0 ? undefined : new RewriteNth(random.below(count), pick, replace).in(root);
}

/** How many binders an expression has, each as often as it is written. */
export function countBinders(root: Expr): number {
  return countNodes(root, 0, isBinder);
}

function isBinder({ kind }: Expr): boolean {
  return kind === 'lambda' || kind === 'pi' || kind === 'let';
}

/** Looks for one node and rebuilds what is above it. Most candidates are broken so: it makes nothing on its way. */
class RewriteNth {
  private before = 0;
  private readonly above: number[] = [];
  private replaced: Expr | undefined;

  constructor(
    private left: number,
    private readonly pick: Pick,
    private readonly replace: (position: Position) => Expr | undefined,
  ) {}

  in(root: Expr): Expr | undefined {
    const result = this.at(root);
    return this.replaced === undefined ? undefined : result;
  }

  private at(expr: Expr): Expr {
    if (this.left < 0) return expr;
    const { above } = this;
    if (this.pick(expr, above.length) && this.left-- === 0) {
      this.replaced = this.replace({ expr, depth: above.length, above: [...above], before: this.before });
      return this.replaced ?? expr;
    }
    switch (expr.kind) {
      case 'app': {
        const fn = this.at(expr.fn);
        const arg = this.at(expr.arg);
        return fn === expr.fn && arg === expr.arg ? expr : apply(fn, arg);
      }
      case 'lambda':
      case 'pi': {
        const number = this.before++;
        const type = this.at(expr.type);
        const body = this.under(number, expr.body);
        return type === expr.type && body === expr.body
          ? expr
          : binder(expr.kind, expr.name, type, body, expr.info);
      }
      case 'let': {
        const number = this.before++;
        const type = this.at(expr.type);
        const value = this.at(expr.value);
        const body = this.under(number, expr.body);
        const same = type === expr.type && value === expr.value && body === expr.body;
        return same ? expr : letIn(expr.name, type, value, body);
      }
      case 'proj': {
        const of = this.at(expr.of);
        return of === expr.of ? expr : proj(expr.structure, expr.index, of);
      }
      case 'mdata': {
        const of = this.at(expr.of);
        return of === expr.of ? expr : mdata(of);
      }
      default:
        return expr;
    }
  }

  private under(binder: number, body: Expr): Expr {
    this.above.push(binder);
    const result = this.at(body);
    this.above.pop();
    return result;
  }
}

function countNodes(expr: Expr, depth: number, pick: Pick): number {
  const count = pick(expr, depth) ? 1 : 0;
  switch (expr.kind) {
    case 'app':
      return count + countNodes(expr.fn, depth, pick) + countNodes(expr.arg, depth, pick);
    case 'lambda':
    case 'pi':
      return count + countNodes(expr.type, depth, pick) + countNodes(expr.body, depth + 1, pick);
    case 'let': {
      const before = countNodes(expr.type, depth, pick) + countNodes(expr.value, depth, pick);
      return count + before + countNodes(expr.body, depth + 1, pick);
    }
    case 'proj':
    case 'mdata':
      return count + countNodes(expr.of, depth, pick);
    default:
      return count;
  }
}
