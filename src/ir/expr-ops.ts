import { app, binder, bvar, hasFvar, letIn, mdata, pi, proj, type Expr } from './expr.js';
import type { Name } from './name.js';
import { rewrite, Rewrite } from './rewrite.js';

/** The head and the arguments of nested applications. */
export function unapply(expr: Expr): { head: Expr; args: Expr[] } {
  const args: Expr[] = [];
  let head = expr;
  for (; head.kind === 'app'; head = head.fn) args.push(head.arg);
  return { head, args: args.reverse() };
}

/** Loose bound variables from `cutoff` on, moved up by `by`. */
export function lift(expr: Expr, by: number, cutoff = 0): Expr {
  return by === 0 ? expr : rewrite(expr, cutoff, new Lift(by));
}

/** Loose bound variable 0 replaced by `value`, the others moved down by one. */
export function instantiate(body: Expr, value: Expr): Expr {
  return body.looseRange === 0 ? body : rewrite(body, 0, new Instantiate([value]));
}

/** Loose bound variables 0..n-1 replaced: `values[0]` for the outermost, i.e. bvar n-1. */
export function instantiateAll(body: Expr, values: readonly Expr[]): Expr {
  return values.length === 0 || body.looseRange === 0 ? body : rewrite(body, 0, new Instantiate(values));
}

/** Whether a loose bound variable occurs. */
export function mentionsLoose(expr: Expr, index: number): boolean {
  const search = new Search(index);
  rewrite(expr, 0, search);
  return search.found;
}

class Search extends Rewrite {
  found = false;
  constructor(private readonly index: number) {
    super();
  }
  override skips(expr: Expr, depth: number): boolean {
    return this.found || expr.looseRange <= depth + this.index;
  }
  override leaf(expr: Expr, depth: number): Expr {
    this.found ||= expr.kind === 'bvar' && expr.index === depth + this.index;
    return expr;
  }
}

/** The free variable `name` turned into loose bound variable 0. */
export function abstract(expr: Expr, name: Name): Expr {
  return abstractAll(expr, [name]);
}

/** Free variables turned into bound ones: `names[0]` becomes the outermost, i.e. bvar n-1. */
export function abstractAll(expr: Expr, names: readonly Name[]): Expr {
  return names.length === 0 ? expr : rewrite(expr, 0, new Abstract(names));
}

class Lift extends Rewrite {
  constructor(private readonly by: number) {
    super();
  }
  override skips(expr: Expr, depth: number): boolean {
    return expr.looseRange <= depth;
  }
  override leaf(expr: Expr): Expr {
    return expr.kind === 'bvar' ? bvar(expr.index + this.by) : expr;
  }
}

class Instantiate extends Rewrite {
  constructor(private readonly values: readonly Expr[]) {
    super();
  }
  override skips(expr: Expr, depth: number): boolean {
    return expr.looseRange <= depth;
  }
  override leaf(expr: Expr, depth: number): Expr {
    if (expr.kind !== 'bvar') return expr;
    const value = this.values[this.values.length - 1 - (expr.index - depth)];
    return value === undefined ? bvar(expr.index - this.values.length) : lift(value, depth);
  }
}

/** So few names are searched; for more a map pays. */
const searchedNames = 12;

class Abstract extends Rewrite {
  private readonly positions: ReadonlyMap<Name, number> | undefined;
  constructor(private readonly names: readonly Name[]) {
    super();
    this.positions = names.length > searchedNames ? new Map(names.map((name, i) => [name, i])) : undefined;
  }
  override skips(expr: Expr, depth: number): boolean {
    return (expr.has & hasFvar) === 0 && expr.looseRange <= depth;
  }
  override leaf(expr: Expr, depth: number): Expr {
    if (expr.kind === 'bvar') return expr.index >= depth ? bvar(expr.index + this.names.length) : expr;
    if (expr.kind !== 'fvar') return expr;
    const { names, positions } = this;
    const position =
      positions === undefined ? names.lastIndexOf(expr.name) : (positions.get(expr.name) ?? -1);
    return position < 0 ? expr : bvar(names.length - 1 - position + depth);
  }
}

/** A node with `visit` applied to its children; `under` is 1 for what lies below its binder. */
export function mapNode(expr: Expr, visit: (child: Expr, under: number) => Expr): Expr {
  switch (expr.kind) {
    case 'app': {
      const fn = visit(expr.fn, 0);
      const arg = visit(expr.arg, 0);
      return fn === expr.fn && arg === expr.arg ? expr : app(fn, arg);
    }
    case 'lambda':
    case 'pi': {
      const type = visit(expr.type, 0);
      const body = visit(expr.body, 1);
      return type === expr.type && body === expr.body
        ? expr
        : binder(expr.kind, expr.name, type, body, expr.info);
    }
    case 'let': {
      const type = visit(expr.type, 0);
      const value = visit(expr.value, 0);
      const body = visit(expr.body, 1);
      const same = type === expr.type && value === expr.value && body === expr.body;
      return same ? expr : letIn(expr.name, type, value, body);
    }
    case 'proj': {
      const of = visit(expr.of, 0);
      return of === expr.of ? expr : proj(expr.structure, expr.index, of);
    }
    case 'mdata': {
      const of = visit(expr.of, 0);
      return of === expr.of ? expr : mdata(of);
    }
    default:
      return expr;
  }
}

/** The direct children of a node. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'app':
      return [expr.fn, expr.arg];
    case 'lambda':
    case 'pi':
      return [expr.type, expr.body];
    case 'let':
      return [expr.type, expr.value, expr.body];
    case 'proj':
    case 'mdata':
      return [expr.of];
    default:
      return [];
  }
}

/** `domain -> codomain`, for a codomain that does not mention the argument. */
export function arrow(domain: Expr, codomain: Expr): Expr {
  return pi('a', domain, lift(codomain, 1));
}
