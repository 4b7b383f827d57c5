import { instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, type Expr } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import { isZero } from '../level-order.js';
import { whnf } from '../reduce.js';
import { close, localsOf, openPis } from '../telescope.js';
import type { Typing } from '../typing.js';

/** An inductive type at levels and parameters. */
export interface Applied {
  readonly name: Name;
  readonly levels: readonly Level[];
  readonly parameters: readonly Expr[];
}

/**
 * A case of the split, given the constructor, its arguments (fields first, then the results of recursion for them), and
 * the goal.
 */
type Arm = (constructor: Name, args: readonly Expr[], goal: Expr) => Expr;
/** The type that is split into: a constant one, or one made of the indices and the value. */
type Into = Expr | ((args: readonly Expr[]) => Expr);

/**
 * The recursor of a type with parameters, motives and arms filled in: what is missing is indices and a value. All
 * motives are the same: `into`, a type in `Sort level`. Undefined where the recursor is not known to us. Whether it may
 * eliminate into that sort is not asked.
 */
export function caseSplit(
  t: Typing,
  { name, levels, parameters }: Applied,
  into: Into,
  level: Level,
  arm: Arm,
): Expr | undefined {
  const recursor = t.environment.find(child(name, 'rec'));
  if (recursor?.details.kind !== 'recursor') return undefined;
  const { details } = recursor;
  let rest = t.typeOf(recursor, details.largeElimination ? [level, ...levels] : levels);
  const motiveOf = typeof into === 'function' ? into : () => into;
  const args: Expr[] = [];
  const give = (make: (type: Expr) => Expr): boolean => {
    const binder = whnf(t, rest);
    if (binder.kind !== 'pi') return false;
    const arg = make(binder.type);
    args.push(arg);
    rest = instantiate(binder.body, arg);
    return true;
  };
  const motive = (type: Expr): Expr => {
    const { locals } = openPis(t, type);
    return close('lambda', locals, motiveOf(localsOf(locals)));
  };
  const minor = (type: Expr): Expr => {
    const { locals, rest: result } = openPis(t, type);
    // The last argument of the motive is the constructor's value.
    const made = unapply(unapply(result).args.at(-1) ?? result).head;
    return close('lambda', locals, arm(made.kind === 'const' ? made.name : '', localsOf(locals), result));
  };
  const complete =
    parameters.every((parameter) => give(() => parameter)) &&
    repeat(details.motives, () => give(motive)) &&
    repeat(details.minors, () => give(minor));
  if (!complete) return undefined;
  // With a level for the sort also where we know no large elimination: Lean may have given it one that it should not.
  const small = !details.largeElimination && isZero(level);
  return app(constant(recursor.name, small ? levels : [level, ...levels]), ...args);
}

function repeat(count: number, step: () => boolean): boolean {
  return Array.from({ length: count }).every(step);
}
