import { Bool, False, no, Prop, True, yes } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun } from '../../ir/hoas.js';
import { one, param, zero, type Level } from '../../ir/level.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { fromEquation } from '../../kernel/refute/distinction.js';

const level = 'w';

/**
 * Declarations, and the proof of False that they give, of which only the first is wrong: a proposition about all types
 * of a level that it does not declare. Whoever declares a level of that name may prove it of his, and use it of his; so
 * what holds of propositions holds of data.
 */
export function undeclaredLevel(): { readonly declarations: readonly Declaration[]; readonly proof: Expr } {
  const said = constant('Alike');
  const ofLevel = alike(param(level));
  const theorem = (name: string, type: Expr, value: Expr): Declaration => ({
    ...{ kind: 'theorem', name, levelParams: [level], type, value },
  });
  const declarations = [
    define('Alike', [], Prop, ofLevel),
    theorem(
      'Alike.of',
      arrows(ofLevel, said),
      fun('h', ofLevel, (h) => h),
    ),
    theorem(
      'Alike.to',
      arrows(said, ofLevel),
      fun('h', said, (h) => h),
    ),
  ];
  const ofProofs = fun('α', Prop, (type) =>
    fun('x', type, (x) => fun('y', type, () => reflexivity(zero, type, x))),
  );
  const ofData = app(constant('Alike.to', [one]), app(constant('Alike.of', [zero]), ofProofs));
  const holds = (value: Expr): Expr =>
    app(
      constant('Bool.rec', [one]),
      fun('_', Bool, () => Prop),
      False,
      True,
      value,
    );
  const distinction = {
    values: [yes, no] as const,
    holds,
    proof: constant('True.intro'),
    refute: (proof: Expr) => proof,
  };
  return { declarations, proof: fromEquation(Bool, one, distinction, app(ofData, Bool, yes, no)) };
}

/** All values of a type in a sort are equal: true of propositions only. */
function alike(of: Level): Expr {
  return forall('α', sort(of), (type) =>
    forall('x', type, (x) => forall('y', type, (y) => equal(of, type, x, y))),
  );
}
