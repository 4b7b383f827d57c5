/** Terms and types that the tables of Lean's core are said with. */
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { one, param, succ, zero, type Level } from '../../ir/level.js';

export const u = param('u');
export const v = param('v');
export const Prop = sort(zero);
export const Type = sort(one);
export const Nat = constant('Nat');
export const Bool = constant('Bool');
export const Str = constant('String');

export function typeAt(level: Level): Expr {
  return sort(succ(level));
}

/** `@Eq.{level} type a b`. */
export function equal(level: Level, type: Expr, a: Expr, b: Expr): Expr {
  return app(constant('Eq', [level]), type, a, b);
}

/** A parameter that the table says is there. */
export function given(parameter: Expr | undefined): Expr {
  if (parameter === undefined) throw new RangeError('a parameter that is not there');
  return parameter;
}
