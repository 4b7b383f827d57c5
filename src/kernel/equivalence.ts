import { sameExpr, type Expr } from '../ir/expr.js';

/**
 * Classes of terms that were found equal, one after the other: whatever is in one class counts as equal, by whatever way
 * it came there. Terms of the same shape are the same, and applications are equal where their parts are.
 */
export class Equivalence {
  private readonly byHash = new Map<number, Expr[]>();
  private readonly parents = new Map<Expr, Expr>();

  has(a: Expr, b: Expr): boolean {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return true;
    return a.kind === 'app' && b.kind === 'app' && this.has(a.fn, b.fn) && this.has(a.arg, b.arg);
  }

  add(a: Expr, b: Expr): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x !== y) this.parents.set(x, y);
  }

  clear(): void {
    this.byHash.clear();
    this.parents.clear();
  }

  private root(expr: Expr): Expr {
    let root = this.known(expr);
    for (let above = this.parents.get(root); above !== undefined; above = this.parents.get(root))
      root = above;
    return root;
  }

  /** The first that was seen of a shape. */
  private known(expr: Expr): Expr {
    const alike = this.byHash.get(expr.hash);
    if (alike === undefined) this.byHash.set(expr.hash, [expr]);
    const known = alike?.find((one) => sameExpr(one, expr));
    if (known !== undefined) return known;
    alike?.push(expr);
    return expr;
  }
}
