/** Terms and types that the tables of Lean's core are said with. */
import { Nat } from '../../ir/core-constants.js';
import { app, constant, nat, sort, type Expr } from '../../ir/expr.js';
import { param, succ, zero, type Level } from '../../ir/level.js';

export const u = param('u');
export const v = param('v');
export const w = param('w');

export function typeAt(level: Level): Expr {
  return sort(succ(level));
}

/** `@Eq.{level} type a b`. */
export function equal(level: Level, type: Expr, a: Expr, b: Expr): Expr {
  return app(constant('Eq', [level]), type, a, b);
}

/** `@Eq.refl.{level} type a`. */
export function reflexivity(level: Level, type: Expr, a: Expr): Expr {
  return app(constant('Eq.refl', [level]), type, a);
}

/** `Nat.succ n`. */
export function next(n: Expr): Expr {
  return app(constant('Nat.succ'), n);
}

/** `Nat.le n m`, to which `n ≤ m` and `n < m` unfold. */
export function atMost(n: Expr, m: Expr): Expr {
  return app(constant('Nat.le'), n, m);
}

/** A literal as Lean elaborates one: `@OfNat.ofNat Nat n (instOfNatNat n)`. */
export function literal(n: number): Expr {
  return app(constant('OfNat.ofNat', [zero]), Nat, nat(n), app(constant('instOfNatNat'), nat(n)));
}

/** A parameter that the table says is there. */
export function given(parameter: Expr | undefined): Expr {
  if (parameter === undefined) throw new RangeError('a parameter that is not there');
  return parameter;
}
