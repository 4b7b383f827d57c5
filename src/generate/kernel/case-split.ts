import { instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, type Expr } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import { whnf } from '../../kernel/reduce.js';
import { close, localsOf, openPis } from '../../kernel/telescope.js';
import type { Typing } from '../../kernel/typing.js';

/** An inductive type at levels and parameters. */
export interface Applied {
  readonly name: Name;
  readonly levels: readonly Level[];
  readonly parameters: readonly Expr[];
}

/** What a case comes to, given the constructor and its arguments: fields first, then what recursion gives for them. */
type Arm = (constructor: Name, args: readonly Expr[]) => Expr;

/**
 * The recursor of a type with parameters, motives and arms filled in: what is missing is indices and a value. All
 * motives are constant: `into`, a type in `Sort level`. Undefined where the recursor is not known to us. Whether it may
 * eliminate into that sort is not asked.
 */
export function caseSplit(
  t: Typing,
  { name, levels, parameters }: Applied,
  into: Expr,
  level: Level,
  arm: Arm,
): Expr | undefined {
  const recursor = t.environment.find(child(name, 'rec'));
  if (recursor?.details.kind !== 'recursor') return undefined;
  const { details } = recursor;
  let rest = t.typeOf(recursor, details.largeElimination ? [level, ...levels] : levels);
  const args: Expr[] = [];
  const give = (make: (type: Expr) => Expr): boolean => {
    const binder = whnf(t, rest);
    if (binder.kind !== 'pi') return false;
    const arg = make(binder.type);
    args.push(arg);
    rest = instantiate(binder.body, arg);
    return true;
  };
  const motive = (type: Expr): Expr => close('lambda', openPis(t, type).locals, into);
  const minor = (type: Expr): Expr => {
    const { locals, rest: result } = openPis(t, type);
    // The last argument of the motive is the constructor's value.
    const made = unapply(unapply(result).args.at(-1) ?? result).head;
    return close('lambda', locals, arm(made.kind === 'const' ? made.name : '', localsOf(locals)));
  };
  // With a level for the sort also where we know no large elimination: Lean may have given it one that it should not.
  const complete =
    parameters.every((parameter) => give(() => parameter)) &&
    repeat(details.motives, () => give(motive)) &&
    repeat(details.minors, () => give(minor));
  return complete ? app(constant(recursor.name, [level, ...levels]), ...args) : undefined;
}

function repeat(count: number, step: () => boolean): boolean {
  return Array.from({ length: count }).every(step);
}
