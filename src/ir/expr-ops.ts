import { app, binder, bvar, letIn, mdata, pi, proj, type Expr } from './expr.js';
import type { Name } from './name.js';

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
  return mapChildren(
    expr,
    cutoff,
    (child, depth) => lift(child, by, depth),
    (index) => bvar(index + by),
  );
}

/** Loose bound variable 0 replaced by `value`, the others moved down by one. */
export function instantiate(body: Expr, value: Expr): Expr {
  return instantiateAt(body, [value], 0);
}

/** Loose bound variables 0..n-1 replaced: `values[0]` for the outermost, i.e. bvar n-1. */
export function instantiateAll(body: Expr, values: readonly Expr[]): Expr {
  return values.length === 0 ? body : instantiateAt(body, values, 0);
}

function instantiateAt(expr: Expr, values: readonly Expr[], depth: number): Expr {
  if (expr.looseRange <= depth) return expr;
  return mapChildren(
    expr,
    depth,
    (child, inner) => instantiateAt(child, values, inner),
    (index) => {
      const value = values[values.length - 1 - (index - depth)];
      return value === undefined ? bvar(index - values.length) : lift(value, depth);
    },
  );
}

/** The free variable `name` turned into loose bound variable 0. */
export function abstract(expr: Expr, name: Name): Expr {
  return abstractAll(expr, [name]);
}

/** Free variables turned into bound ones: `names[0]` becomes the outermost, i.e. bvar n-1. */
export function abstractAll(expr: Expr, names: readonly Name[]): Expr {
  const positions = new Map(names.map((name, i) => [name, names.length - 1 - i]));
  const memo = new Map<Expr, Expr>();
  const go = (e: Expr, depth: number): Expr => {
    if (e.kind === 'fvar') {
      const position = positions.get(e.name);
      return position === undefined ? e : bvar(position + depth);
    }
    if (depth === 0) {
      const known = memo.get(e);
      if (known !== undefined) return known;
    }
    const result = rebuild(e, (child, under) => go(child, depth + under), names.length, depth);
    if (depth === 0) memo.set(e, result);
    return result;
  };
  return go(expr, 0);
}

/** Rebuilds a node from changed children; returns the node itself where nothing changed. */
function rebuild(e: Expr, go: (child: Expr, under: number) => Expr, by: number, depth: number): Expr {
  switch (e.kind) {
    case 'bvar':
      return e.index >= depth ? bvar(e.index + by) : e;
    case 'fvar':
    case 'mvar':
    case 'sort':
    case 'const':
    case 'nat':
    case 'string':
      return e;
    default:
      return mapNode(e, go);
  }
}

function mapChildren(
  expr: Expr,
  depth: number,
  visit: (child: Expr, depth: number) => Expr,
  onLoose: (index: number) => Expr,
): Expr {
  if (expr.kind === 'bvar') return expr.index >= depth ? onLoose(expr.index) : expr;
  return mapNode(expr, (child, under) =>
    child.looseRange <= depth + under ? child : visit(child, depth + under),
  );
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
