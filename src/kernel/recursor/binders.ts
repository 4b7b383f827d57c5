import { mentionsLoose, unapply } from '../../ir/expr-ops.js';
import { binder, type Expr, type ExprOf } from '../../ir/expr.js';

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
  for (let i = binders.length - 1; i >= 0; i--) {
    const one = binders[i] as ExprOf<'pi'>;
    const told = one.info === 'default' && isTold(rest);
    rest = binder('pi', one.name, one.type, rest, told ? 'implicit' : one.info);
  }
  return rest;
}

/** Whether loose variable 0 occurs in the type of an explicit binder. */
function isTold(body: Expr): boolean {
  let rest = body;
  for (let index = 0; rest.kind === 'pi'; rest = rest.body, index++)
    if (rest.info === 'default' && mentionsLoose(rest.type, index)) return true;
  return false;
}
