import { unapply } from '../../ir/expr-ops.js';
import { binder, type Expr, type ExprOf } from '../../ir/expr.js';
import { rewrite, Rewrite } from '../../ir/rewrite.js';

/** Annotations for the elaborator, and how many arguments each takes; the first is the type itself. */
const annotations: ReadonlyMap<string, number> = new Map([
  ['optParam', 2],
  ['autoParam', 2],
  ['outParam', 1],
  ['semiOutParam', 1],
]);

/** A binder's type without the annotations at its head. */
export function withoutAnnotations(type: Expr): Expr {
  let rest = type;
  for (;;) {
    const { head, args } = unapply(rest);
    const [annotated] = args;
    if (head.kind !== 'const' || annotated === undefined || annotations.get(head.name) !== args.length)
      return rest;
    rest = annotated;
  }
}

/** From the inside out: an explicit binder becomes implicit where a later one that stays explicit tells its value. */
export function inferImplicit(type: Expr): Expr {
  const binders: ExprOf<'lambda' | 'pi'>[] = [];
  let rest = type;
  for (; rest.kind === 'pi'; rest = rest.body) binders.push(rest);
  /** Binders that the types of later explicit ones mention, by number. */
  const told = new Set<number>();
  for (let i = binders.length - 1; i >= 0; i--) {
    const one = binders[i] as ExprOf<'pi'>;
    const info = one.info === 'default' && told.has(i) ? 'implicit' : one.info;
    if (info === 'default') addLoose(told, one.type, i);
    rest = binder('pi', one.name, one.type, rest, info);
  }
  return rest;
}

/** Adds the loose variables of a type below so many binders, by the number of the binder. */
function addLoose(found: Set<number>, type: Expr, binders: number): void {
  const add = (e: Expr, depth: number): Expr => {
    if (e.kind === 'bvar') found.add(binders - 1 - (e.index - depth));
    return e;
  };
  rewrite(type, 0, new Rewrite(add, 0, 0));
}
