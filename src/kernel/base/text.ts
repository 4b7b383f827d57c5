import type { Declaration, Inductive } from '../../ir/declaration.js';
import { app, constant, nat, proj, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { one, zero } from '../../ir/level.js';
import { powerOfTwo } from './numerals.js';
import { ltNat } from './order.js';
import { Bool, Char, Nat, Prop, Str, Type, no, yes } from '../../ir/core-constants.js';
import { equal, given, literal, next, reflexivity } from './terms.js';

const bitVector = (width: Expr): Expr => app(constant('BitVec'), width);
const word = bitVector(literal(32));

/** Characters, down to the numbers that they are. */
const characters: readonly Declaration[] = [
  inductiveType(
    'BitVec',
    [],
    [['w', () => Nat]],
    () => Type,
    (self, [width]) => ({
      ofFin: forall('toFin', app(constant('Fin'), powerOfTwo(given(width))), () => self),
    }),
  ),
  define(
    'BitVec.toFin',
    [],
    forall('w', Nat, (n) => arrows(bitVector(n), app(constant('Fin'), powerOfTwo(n))), 'implicit'),
    fun('w', Nat, (n) => fun('self', bitVector(n), (self) => proj('BitVec', 0, self)), 'implicit'),
  ),
  define(
    'BitVec.toNat',
    [],
    forall('w', Nat, (n) => arrows(bitVector(n), Nat), 'implicit'),
    fun(
      'w',
      Nat,
      (n) =>
        fun('x', bitVector(n), (x) =>
          app(constant('Fin.val'), powerOfTwo(n), app(constant('BitVec.toFin'), n, x)),
        ),
      'implicit',
    ),
  ),
  structure('UInt32', (self) => ({ ofBitVec: forall('toBitVec', word, () => self) })),
  define(
    'UInt32.toBitVec',
    [],
    arrows(constant('UInt32'), word),
    fun('self', constant('UInt32'), (self) => proj('UInt32', 0, self)),
  ),
  define(
    'UInt32.toNat',
    [],
    arrows(constant('UInt32'), Nat),
    fun('n', constant('UInt32'), (n) =>
      app(constant('BitVec.toNat'), literal(32), app(constant('UInt32.toBitVec'), n)),
    ),
  ),
  define(
    'Nat.isValidChar',
    [],
    arrows(Nat, Prop),
    fun('n', Nat, (n) => app(constant('Or'), isLow(n), app(constant('And'), ...isHigh(n)))),
  ),
  define(
    'UInt32.isValidChar',
    [],
    arrows(constant('UInt32'), Prop),
    fun('n', constant('UInt32'), (n) => app(constant('Nat.isValidChar'), app(constant('UInt32.toNat'), n))),
  ),
  structure('Char', (self) => ({
    mk: forall('val', constant('UInt32'), (value) =>
      forall('valid', app(constant('UInt32.isValidChar'), value), () => self),
    ),
  })),
  define('Char.ofNat', [], arrows(Nat, Char), fun('n', Nat, characterOf)),
];

/** Characters, and strings as lists of them: what a literal means to the kernel. */
export const text: readonly Declaration[] = [
  ...characters,
  structure('String', (self) => ({
    ofList: forall('data', app(constant('List', [zero]), Char), () => self),
  })),
  define(
    'String.toList',
    [],
    arrows(Str, app(constant('List', [zero]), Char)),
    fun('s', Str, (s) => proj('String', 0, s)),
  ),
];

function isLow(n: Expr): Expr {
  return ltNat(n, literal(0xd800));
}
function isHigh(n: Expr): readonly [Expr, Expr] {
  return [ltNat(literal(0xdfff), n), ltNat(n, literal(0x110000))];
}

/** The character of a code point; of any other number, the one with code point 0. */
function characterOf(n: Expr): Expr {
  const zeroProof = trueProof(nat(1), nat(0xd800), reflexivity(one, Bool, yes));
  const smallProof = trueProof(nat(1), nat(2 ** 32), reflexivity(one, Bool, yes));
  const low = (proof: Expr): Expr =>
    app(constant('Or.inl'), isLow(n), app(constant('And'), ...isHigh(n)), proof);
  const high = (left: Expr, right: Expr): Expr =>
    app(
      constant('Or.inr'),
      isLow(n),
      app(constant('And'), ...isHigh(n)),
      app(constant('And.intro'), ...isHigh(n), left, right),
    );
  const none = character(
    nat(0),
    smallProof,
    app(constant('Or.inl'), isLow(nat(0)), app(constant('And'), ...isHigh(nat(0))), zeroProof),
  );
  const ask = (a: Expr, b: Expr, whenTrue: (proof: Expr) => Expr, whenFalse: Expr): Expr =>
    byAnswer(a, b, whenTrue, whenFalse);
  return ask(
    next(n),
    nat(2 ** 32),
    (small) =>
      ask(
        next(n),
        nat(0xd800),
        (proof) => character(n, small, low(proof)),
        ask(
          nat(0xe000),
          n,
          (left) => ask(next(n), nat(0x110000), (right) => character(n, small, high(left, right)), none),
          none,
        ),
      ),
    none,
  );
}

function character(n: Expr, small: Expr, valid: Expr): Expr {
  const below = app(constant('Fin.mk'), powerOfTwo(literal(32)), n, small);
  const value = app(constant('UInt32.ofBitVec'), app(constant('BitVec.ofFin'), literal(32), below));
  return app(constant('Char.mk'), value, valid);
}

/** A proof of `a ≤ b`, from one of `Nat.ble a b = true`. */
function trueProof(a: Expr, b: Expr, answer: Expr): Expr {
  return app(constant('Nat.le_of_ble_eq_true'), a, b, answer);
}

/** A character by whether `a ≤ b`, with a proof of it where that is so. */
function byAnswer(a: Expr, b: Expr, whenTrue: (proof: Expr) => Expr, whenFalse: Expr): Expr {
  const answer = app(constant('Nat.ble'), a, b);
  const is = (value: Expr): Expr => equal(one, Bool, answer, value);
  return app(
    constant('Bool.rec', [one]),
    fun('b', Bool, (value) => arrows(is(value), Char)),
    fun('h', is(no), () => whenFalse),
    fun('h', is(yes), (h) => whenTrue(trueProof(a, b, h))),
    answer,
    reflexivity(one, Bool, answer),
  );
}

function structure(name: string, constructors: (self: Expr) => Record<string, Expr>): Inductive {
  return inductiveType(
    name,
    [],
    [],
    () => Type,
    (self) => constructors(self),
  );
}
