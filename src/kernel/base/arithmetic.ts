import type { Declaration } from '../../ir/declaration.js';
import { app, constant, nat, type Expr } from '../../ir/expr.js';
import { arrows, define, fun } from '../../ir/hoas.js';
import { one } from '../../ir/level.js';
import { Bool, Nat, no, yes } from '../../ir/core-constants.js';
import { next } from './terms.js';

const binary = arrows(Nat, Nat, Nat);
const relation = arrows(Nat, Nat, Bool);
const connective = arrows(Bool, Bool, Bool);
const two = nat(2);

const call =
  (name: string) =>
  (...args: readonly Expr[]): Expr =>
    app(constant(`Nat.${name}`), ...args);
const [pred, add, mul] = [call('pred'), call('add'), call('mul')];
const [div, mod, beq, ble] = [call('div'), call('mod'), call('beq'), call('ble')];

/** `Nat.rec` into a type that is the same for all numbers. */
function recurse(result: Expr, zero: Expr, step: (n: Expr, before: Expr) => Expr, on: Expr): Expr {
  const motive = fun('_', Nat, () => result);
  const successor = fun('n', Nat, (n) => fun('ih', result, (ih) => step(n, ih)));
  return app(constant('Nat.rec', [one]), motive, zero, successor, on);
}

/** An if-then-else on a Bool, by `Bool.rec`. */
function choose(result: Expr, condition: Expr, whenTrue: Expr, whenFalse: Expr): Expr {
  return app(
    constant('Bool.rec', [one]),
    fun('_', Bool, () => result),
    whenFalse,
    whenTrue,
    condition,
  );
}

function unaryFunction(name: string, body: (n: Expr) => Expr): Declaration {
  return define(`Nat.${name}`, [], arrows(Nat, Nat), fun('n', Nat, body));
}
function binaryFunction(name: string, type: Expr, body: (n: Expr, m: Expr) => Expr): Declaration {
  return define(
    `Nat.${name}`,
    [],
    type,
    fun('n', Nat, (n) => fun('m', Nat, (m) => body(n, m))),
  );
}

/**
 * Arithmetic by structural recursion. It computes what the kernel computes on literals, and where its shape is
 * that of Lean's Init, open terms unfold in the same way too.
 */
export const arithmetic: readonly Declaration[] = [
  unaryFunction('pred', (n) => recurse(Nat, nat(0), (before) => before, n)),
  binaryFunction('add', binary, (n, m) => recurse(Nat, n, (_, sum) => next(sum), m)),
  binaryFunction('sub', binary, (n, m) => recurse(Nat, n, (_, difference) => pred(difference), m)),
  binaryFunction('mul', binary, (n, m) => recurse(Nat, nat(0), (_, product) => add(product, n), m)),
  binaryFunction('pow', binary, (n, m) => recurse(Nat, nat(1), (_, power) => mul(power, n), m)),
  binaryFunction('beq', relation, (n, m) =>
    app(
      recurse(
        arrows(Nat, Bool),
        fun('m', Nat, (other) => recurse(Bool, yes, () => no, other)),
        (_, before) => fun('m', Nat, (other) => recurse(Bool, no, (smaller) => app(before, smaller), other)),
        n,
      ),
      m,
    ),
  ),
  binaryFunction('ble', relation, (n, m) =>
    app(
      recurse(
        arrows(Nat, Bool),
        fun('m', Nat, () => yes),
        (_, before) => fun('m', Nat, (other) => recurse(Bool, no, (smaller) => app(before, smaller), other)),
        n,
      ),
      m,
    ),
  ),
  // The remainder counts up with n and starts again at m. By 0 it never does, so that n % 0 = n.
  binaryFunction('mod', binary, (n, m) =>
    recurse(Nat, nat(0), (_, rest) => choose(Nat, beq(next(rest), m), nat(0), next(rest)), n),
  ),
  // And the quotient counts how often it did.
  binaryFunction('div', binary, (n, m) =>
    recurse(
      Nat,
      nat(0),
      () =>
        recurse(
          Nat,
          nat(0),
          (k, quotient) => choose(Nat, beq(next(mod(k, m)), m), next(quotient), quotient),
          n,
        ),
      m,
    ),
  ),
  // Euclid: the first number gets smaller at each step, so that it is enough fuel.
  binaryFunction('gcd', binary, (n, m) =>
    app(
      recurse(
        binary,
        fun('n', Nat, () => fun('m', Nat, (b) => b)),
        (_, before) =>
          fun('n', Nat, (a) =>
            fun('m', Nat, (b) =>
              recurse(Nat, b, (smaller) => app(before, mod(b, next(smaller)), next(smaller)), a),
            ),
          ),
        n,
      ),
      n,
      m,
    ),
  ),
  unaryFunction('log2', (n) =>
    app(
      recurse(
        arrows(Nat, Nat),
        fun('n', Nat, () => nat(0)),
        (_, before) => fun('n', Nat, (a) => choose(Nat, ble(two, a), next(app(before, div(a, two))), nat(0))),
        n,
      ),
      n,
    ),
  ),
  binaryFunction('shiftLeft', binary, (n, m) =>
    app(
      recurse(
        arrows(Nat, Nat),
        fun('n', Nat, (a) => a),
        (_, before) => fun('n', Nat, (a) => app(before, mul(two, a))),
        m,
      ),
      n,
    ),
  ),
  binaryFunction('shiftRight', binary, (n, m) => recurse(Nat, n, (_, half) => div(half, two), m)),
  define(
    'Nat.bitwise',
    [],
    arrows(connective, binary),
    fun('f', connective, (f) => fun('n', Nat, (n) => fun('m', Nat, (m) => app(bitwise(f, n), n, m)))),
  ),
  bitwiseFunction('land', (a, b) => choose(Bool, a, b, no)),
  bitwiseFunction('lor', (a, b) => choose(Bool, a, yes, b)),
  bitwiseFunction('xor', (a, b) => choose(Bool, a, choose(Bool, b, no, yes), b)),
];

/** Bit by bit, with as much fuel as the first number, which is halved at each step. */
function bitwise(f: Expr, fuel: Expr): Expr {
  const whenZero = (m: Expr): Expr => choose(Nat, app(f, no, yes), m, nat(0));
  const half = (n: Expr): Expr => div(n, two);
  const odd = (n: Expr): Expr => beq(mod(n, two), nat(1));
  const bits = (before: Expr, n: Expr, m: Expr): Expr => {
    const twice = mul(two, app(before, half(n), half(m)));
    return choose(Nat, app(f, odd(n), odd(m)), next(twice), twice);
  };
  return recurse(
    binary,
    fun('n', Nat, () => fun('m', Nat, whenZero)),
    (_, before) =>
      fun('n', Nat, (n) =>
        fun('m', Nat, (m) =>
          recurse(
            Nat,
            whenZero(m),
            () => recurse(Nat, choose(Nat, app(f, yes, no), n, nat(0)), () => bits(before, n, m), m),
            n,
          ),
        ),
      ),
    fuel,
  );
}

function bitwiseFunction(name: string, bit: (a: Expr, b: Expr) => Expr): Declaration {
  const f = fun('a', Bool, (a) => fun('b', Bool, (b) => bit(a, b)));
  return define(`Nat.${name}`, [], binary, app(constant('Nat.bitwise'), f));
}
