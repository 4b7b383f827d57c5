import { instantiate } from '../../ir/expr-ops.js';
import type { Expr, ExprOf } from '../../ir/expr.js';

/** Arguments for the leading binders of a type, and the type of what they are given to. */
export interface Filled {
  readonly args: readonly Expr[];
  readonly rest: Expr;
}

/**
 * Chooses arguments for the binders of a type, for all that are written out or the first `count`. Undefined where
 * `choose` has none.
 */
export function fillBinders(
  type: Expr,
  choose: (at: number, binder: ExprOf<'pi' | 'lambda'>) => Expr | undefined,
  count = Infinity,
): Filled | undefined {
  const args: Expr[] = [];
  let rest = type;
  while (args.length < count && rest.kind === 'pi') {
    const arg = choose(args.length, rest);
    if (arg === undefined) return undefined;
    args.push(arg);
    rest = instantiate(rest.body, arg);
  }
  return { args, rest };
}
