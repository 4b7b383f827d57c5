import { app, bvar, constant, lambda, type Expr } from '../../ir/expr.js';
import { zero, type Level } from '../../ir/level.js';
import { equal } from '../base/terms.js';

/** Two values of a type that can be told apart. */
export interface Distinction {
  readonly values: readonly [Expr, Expr];
  /** A proposition about a value of the type. */
  readonly holds: (value: Expr) => Expr;
  /** Proves that it holds of the first value. */
  readonly proof: Expr;
  /** Makes False of a proof that it holds of the second. */
  readonly refute: (proof: Expr) => Expr;
}

/** False from a proof that two values which can be told apart are equal; `level` is that of their type's sort. */
export function fromEquation(
  type: Expr,
  level: Level,
  { values, holds, proof, refute }: Distinction,
  equation: Expr,
): Expr {
  const [left, right] = values;
  const motive = lambda('z', type, lambda('_', equal(level, type, left, bvar(0)), holds(bvar(1))));
  return refute(app(constant('Eq.rec', [zero, level]), type, left, motive, proof, right, equation));
}
