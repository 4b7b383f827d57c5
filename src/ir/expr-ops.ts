import { app, binder, bvar, hasFvar, letIn, mdata, pi, proj, type Expr } from './expr.js';
import type { Name } from './name.js';
import { noLoose, rewrite, Rewrite } from './rewrite.js';

/** The head and the arguments of nested applications. */
export function unapply(expr: Expr): { head: Expr; args: Expr[] } {
  const args: Expr[] = [];
  let head = expr;
  for (; head.kind === 'app'; head = head.fn) args.push(head.arg);
  return { head, args: args.reverse() };
}

/** Loose bound variables from `cutoff` on, moved up by `by`. */
export function lift(expr: Expr, by: number, cutoff = 0): Expr {
  if (by === 0 || expr.looseRange <= cutoff) return expr;
  const moved = (e: Expr): Expr => (e.kind === 'bvar' ? bvar(e.index + by) : e);
  return rewrite(expr, cutoff, new Rewrite(moved, 0, 0));
}

/** Loose bound variable 0 replaced by `value`, the others moved down by one. */
export function instantiate(body: Expr, value: Expr): Expr {
  return instantiateAll(body, [value]);
}

/** Loose bound variables 0..n-1 replaced: `values[0]` for the outermost, i.e. bvar n-1. */
export function instantiateAll(body: Expr, values: readonly Expr[]): Expr {
  const { length } = values;
  if (length === 0 || body.looseRange === 0) return body;
  const replaced = (e: Expr, depth: number): Expr => {
    if (e.kind !== 'bvar') return e;
    const value = values[length - 1 - (e.index - depth)];
    return value === undefined ? bvar(e.index - length) : lift(value, depth);
  };
  return rewrite(body, 0, new Rewrite(replaced, 0, 0));
}

/** Whether a loose bound variable occurs. */
export function mentionsLoose(expr: Expr, index: number): boolean {
  let found = false;
  const search = new Rewrite(
    (e, depth) => {
      if (e.kind === 'bvar' && e.index === depth + index) {
        found = true;
        search.looseFrom = noLoose; // that is enough
      }
      return e;
    },
    0,
    index,
  );
  rewrite(expr, 0, search);
  return found;
}

/** The free variable `name` turned into loose bound variable 0. */
export function abstract(expr: Expr, name: Name): Expr {
  return abstractAll(expr, [name]);
}

/** So few names are searched; for more a map pays. */
const searchedNames = 12;

/** Free variables turned into bound ones: `names[0]` becomes the outermost, i.e. bvar n-1. */
export function abstractAll(expr: Expr, names: readonly Name[]): Expr {
  const { length } = names;
  if (length === 0) return expr;
  const positions = length > searchedNames ? new Map(names.map((name, i) => [name, i])) : undefined;
  const bound = (e: Expr, depth: number): Expr => {
    if (e.kind === 'bvar') return e.index >= depth ? bvar(e.index + length) : e;
    if (e.kind !== 'fvar') return e;
    const position = positions === undefined ? names.lastIndexOf(e.name) : (positions.get(e.name) ?? -1);
    return position < 0 ? e : bvar(length - 1 - position + depth);
  };
  return rewrite(expr, 0, new Rewrite(bound, hasFvar, 0));
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
