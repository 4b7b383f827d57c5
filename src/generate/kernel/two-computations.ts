import { Bool, False, Nat, Prop, True } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { app, constant, lambda, nat, pi, bvar, type Expr } from '../../ir/expr.js';
import { fun } from '../../ir/hoas.js';
import { one } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { reduceNatural } from '../../kernel/literals.js';
import { fromEquation } from '../../kernel/refute/distinction.js';
import { typingIn, type Context } from './context.js';

/** Arguments at which the two are compared; small, for one of them counts in unary. */
const samples: readonly (readonly [number, number])[] = [
  [1, 2],
  [2, 1],
  [2, 2],
  [3, 0],
  [0, 3],
  [7, 3],
];
/** Results that are told from others, in unary. */
const maxResult = 30n;

/**
 * Proofs of False from this: a function on numbers that the kernel computes by heart is equal to its own definition, by
 * reflexivity on variables, where there is nothing to compute. On numbers the one is computed by heart and the other
 * by recursion, and one of them comes to something else than it should. For the functions that a declaration mentions.
 */
export function differingComputations(context: Context, declaration: Declaration): Expr[] {
  return [...mentionedNames(declaration)].flatMap((name) => {
    const details = context.environment.find(name)?.details;
    if (details?.kind !== 'definition') return [];
    return samples.flatMap(([a, b]) => {
      const at = [nat(a), nat(b)] as const;
      const result = reduceNatural(typingIn(context), app(constant(name), ...at));
      return result === undefined ? [] : contradictions(name, details.value, at, result);
    });
  });
}

function contradictions(name: Name, written: Expr, at: readonly [Expr, Expr], result: Expr): Expr[] {
  if (result.kind === 'nat' && result.value > maxResult) return [];
  const type = result.kind === 'nat' ? Nat : Bool;
  const known = (...args: readonly Expr[]): Expr => app(constant(name), ...args);
  const variables = [bvar(1), bvar(0)];
  const statement = equal(one, type, known(...variables), app(written, ...variables));
  const alike = pi('n', Nat, pi('m', Nat, statement));
  const reflexive = lambda('n', Nat, lambda('m', Nat, reflexivity(one, type, known(...variables))));
  const values = [known(...at), app(written, ...at)] as const;
  // Either the kernel knows another result than the right one, or it comes to another one by recursion.
  return [
    [False, True],
    [True, False],
  ].map(([same = True, other = False]) => {
    const holds = (value: Expr): Expr => compared(result, value, same, other);
    const distinction = { values, holds, proof: constant('True.intro'), refute: (proof: Expr) => proof };
    return app(lambda('h', alike, fromEquation(type, one, distinction, app(bvar(0), ...at))), reflexive);
  });
}

/** One proposition where a value is the result, and another where it is not, by recursion alone. */
function compared(result: Expr, value: Expr, same: Expr, other: Expr): Expr {
  if (result.kind !== 'nat') {
    const isTrue = result.kind === 'const' && result.name === 'Bool.true';
    const [no, yes] = isTrue ? [other, same] : [same, other];
    const motive = fun('_', Bool, () => Prop);
    return app(constant('Bool.rec', [one]), motive, no, yes, value);
  }
  const isZero = result.value === 0n;
  const above = (n: Expr): Expr => (isZero ? other : compared(nat(result.value - 1n), n, same, other));
  const step = fun('n', Nat, (n) => fun('_', Prop, () => above(n)));
  const motive = fun('_', Nat, () => Prop);
  return app(constant('Nat.rec', [one]), motive, isZero ? same : other, step, value);
}
