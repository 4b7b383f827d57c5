import { effort } from './effort.js';
import { bvar, hasFvar, pi, type Expr } from './expr.js';
import type { Name } from './name.js';
import { noLoose, rewrite, Rewrite } from './rewrite.js';

export { childrenOf, mapNode } from './children.js';

/** The head and the arguments of nested applications. */
export function unapply(expr: Expr): { head: Expr; args: Expr[] } {
  const args: Expr[] = [];
  let head = expr;
  for (; head.kind === 'app'; head = head.fn) args.push(head.arg);
  effort.nodes += args.length;
  return { head, args: args.reverse() };
}

/** The name of the constant that an expression applies, or else the kind of what it applies: equal ones have the same. */
export function headKey(expr: Expr): string {
  const { head } = unapply(expr);
  return head.kind === 'const' ? head.name : head.kind;
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

/**
 * Loose bound variables 0..n-1 replaced: `values[0]` for the outermost, i.e. bvar n-1. `from` and `to` take a part of the
 * values, which costs no copy.
 */
export function instantiateAll(
  body: Expr,
  values: readonly Expr[],
  from = 0,
  to: number = values.length,
): Expr {
  const length = to - from;
  if (length === 0 || body.looseRange === 0) return body;
  const replaced = (e: Expr, depth: number): Expr => {
    if (e.kind !== 'bvar') return e;
    const index = to - 1 - (e.index - depth);
    const value = index < from ? undefined : values[index];
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

/** Free variables turned into bound ones: `names[0]` becomes the outermost, i.e. bvar n-1. */
export function abstractAll(expr: Expr, names: readonly Name[]): Expr {
  return abstractor(names)(expr, names.length);
}

/** So few names are searched; for more a map pays. */
const searchedNames = 12;

/** abstractAll with the first `count` of some names, for those who ask with the same ones again and again. */
export function abstractor(names: readonly Name[]): (expr: Expr, count: number) => Expr {
  let positions: Map<Name, number> | undefined;
  return (expr, count) => {
    if (count === 0 || ((expr.has & hasFvar) === 0 && expr.looseRange === 0)) return expr;
    if (count > searchedNames) positions ??= new Map(names.map((name, i) => [name, i]));
    const all = positions;
    const bound = (e: Expr, depth: number): Expr => {
      if (e.kind === 'bvar') return e.index >= depth ? bvar(e.index + count) : e;
      if (e.kind !== 'fvar') return e;
      const position = all === undefined ? names.lastIndexOf(e.name, count - 1) : (all.get(e.name) ?? count);
      return position < 0 || position >= count ? e : bvar(count - 1 - position + depth);
    };
    return rewrite(expr, 0, new Rewrite(bound, hasFvar, 0));
  };
}

/** `domain -> codomain`, for a codomain that does not mention the argument. */
export function arrow(domain: Expr, codomain: Expr): Expr {
  return pi('a', domain, lift(codomain, 1));
}
