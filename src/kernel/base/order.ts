import type { Declaration, Theorem } from '../../ir/declaration.js';
import { app, constant, nat, proj, sort, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { one, zero } from '../../ir/level.js';
import { Bool, False, Nat, Prop, True, Type, no, yes } from '../../ir/core-constants.js';
import { atMost, equal, given, next, typeAt, u } from './terms.js';

const zeroNat = constant('Nat.zero');
const relation = (a: Expr): Expr => arrows(a, a, Prop);
const ble = (n: Expr, m: Expr): Expr => app(constant('Nat.ble'), n, m);

/** `n ≤ m` and `n < m`, as Lean writes them. */
function leNat(n: Expr, m: Expr): Expr {
  return app(constant('LE.le', [zero]), Nat, constant('instLENat'), n, m);
}
export function ltNat(n: Expr, m: Expr): Expr {
  return app(constant('LT.lt', [zero]), Nat, constant('instLTNat'), n, m);
}

/** A class of one relation, the function that takes it out, and the instance for numbers. */
function relationClass(name: string, field: string, instance: string, onNat: Expr): Declaration[] {
  return [
    inductiveType(
      name,
      ['u'],
      [['α', () => typeAt(u)]],
      () => typeAt(u),
      (self, [a]) => ({ mk: forall(field, relation(given(a)), () => self) }),
    ),
    classField(name, field, relation),
    define(instance, [], app(constant(name, [zero]), Nat), app(constant(`${name}.mk`, [zero]), Nat, onNat)),
  ];
}

/** The only field of a class of one type, as a function on its instances. */
function classField(name: string, field: string, type: (a: Expr) => Expr): Declaration {
  const instance = (a: Expr): Expr => app(constant(name, [u]), a);
  return define(
    `${name}.${field}`,
    ['u'],
    forall('α', typeAt(u), (a) => forall('self', instance(a), () => type(a), 'instImplicit'), 'implicit'),
    fun(
      'α',
      typeAt(u),
      (a) => fun('self', instance(a), (self) => proj(name, 0, self), 'instImplicit'),
      'implicit',
    ),
  );
}

/** The order of the natural numbers, the numbers below one, and what an answer of `Nat.ble` proves. */
export const order: readonly Declaration[] = [
  inductiveType(
    'Nat.le',
    [],
    [['n', () => Nat]],
    () => arrows(Nat, Prop),
    (self, [n]) => ({
      refl: app(self, given(n)),
      step: forall('m', Nat, (m) => arrows(app(self, m), app(self, next(m))), 'implicit'),
    }),
  ),
  define(
    'Nat.lt',
    [],
    relation(Nat),
    fun('n', Nat, (n) => fun('m', Nat, (m) => atMost(next(n), m))),
  ),
  ...relationClass('LE', 'le', 'instLENat', constant('Nat.le')),
  ...relationClass('LT', 'lt', 'instLTNat', constant('Nat.lt')),
  inductiveType(
    'Fin',
    [],
    [['n', () => Nat]],
    () => Type,
    (self, [n]) => ({
      mk: forall('val', Nat, (value) => forall('isLt', ltNat(value, given(n)), () => self)),
    }),
  ),
  define(
    'Fin.val',
    [],
    forall('n', Nat, (n) => arrows(app(constant('Fin'), n), Nat), 'implicit'),
    fun('n', Nat, (n) => fun('self', app(constant('Fin'), n), (self) => proj('Fin', 0, self)), 'implicit'),
  ),
  theorem(
    'Nat.zero_le',
    forall('n', Nat, (n) => leNat(nat(0), n)),
    fun('n', Nat, (n) =>
      app(
        constant('Nat.rec', [zero]),
        fun('n', Nat, (m) => atMost(zeroNat, m)),
        app(constant('Nat.le.refl'), zeroNat),
        fun('n', Nat, (m) =>
          fun('ih', atMost(zeroNat, m), (ih) => app(constant('Nat.le.step'), zeroNat, m, ih)),
        ),
        n,
      ),
    ),
  ),
  theorem(
    'Nat.succ_le_succ',
    implicitPair((n, m) => arrows(leNat(n, m), leNat(next(n), next(m)))),
    lambdaPair((n, m) => fun('h', leNat(n, m), (h) => app(successors(n), m, h))),
  ),
  theorem(
    'Nat.le_of_ble_eq_true',
    implicitPair((n, m) => arrows(equal(one, Bool, ble(n, m), yes), leNat(n, m))),
    lambdaPair((n, m) => app(atMostOfTrue(n), m)),
  ),
];

function theorem(name: string, type: Expr, value: Expr): Theorem {
  return { kind: 'theorem', name, levelParams: [], type, value };
}

function implicitPair(body: (n: Expr, m: Expr) => Expr): Expr {
  return forall('n', Nat, (n) => forall('m', Nat, (m) => body(n, m), 'implicit'), 'implicit');
}
function lambdaPair(body: (n: Expr, m: Expr) => Expr): Expr {
  return fun('n', Nat, (n) => fun('m', Nat, (m) => body(n, m), 'implicit'), 'implicit');
}

/** `{m : Nat} → n ≤ m → succ n ≤ succ m`, by the steps of the proof. */
function successors(n: Expr): Expr {
  return app(
    constant('Nat.le.rec'),
    n,
    fun('m', Nat, (m) => fun('_', atMost(n, m), () => atMost(next(n), next(m)))),
    app(constant('Nat.le.refl'), next(n)),
    fun('m', Nat, (m) =>
      fun('a', atMost(n, m), () =>
        fun('ih', atMost(next(n), next(m)), (ih) => app(constant('Nat.le.step'), next(n), next(m), ih)),
      ),
    ),
  );
}

/** `(m : Nat) → ble n m = true → n ≤ m`, by recursion on n, then by cases of m. */
function atMostOfTrue(n: Expr): Expr {
  const answered = (a: Expr, b: Expr): Expr => equal(one, Bool, ble(a, b), yes);
  const goal = (a: Expr): Expr => forall('m', Nat, (m) => arrows(answered(a, m), atMost(a, m)));
  return app(
    constant('Nat.rec', [zero]),
    fun('n', Nat, goal),
    fun('m', Nat, (m) => fun('h', answered(zeroNat, m), () => app(constant('Nat.zero_le'), m))),
    fun('n', Nat, (k) =>
      fun('ih', goal(k), (ih) =>
        fun('m', Nat, (m) =>
          app(
            constant('Nat.rec', [zero]),
            fun('m', Nat, (b) => arrows(answered(next(k), b), atMost(next(k), b))),
            fun('h', answered(next(k), zeroNat), (h) => fromFalseIsTrue(atMost(next(k), zeroNat), h)),
            fun('m', Nat, (b) =>
              fun('_', arrows(answered(next(k), b), atMost(next(k), b)), () =>
                fun('h', answered(next(k), next(b)), (h) =>
                  app(constant('Nat.succ_le_succ'), k, b, app(ih, b, h)),
                ),
              ),
            ),
            m,
          ),
        ),
      ),
    ),
    n,
  );
}

/** A proof of anything, from one of `false = true`. */
function fromFalseIsTrue(goal: Expr, proof: Expr): Expr {
  const isFalse = (b: Expr): Expr =>
    app(
      constant('Bool.rec', [one]),
      fun('_', Bool, () => sort(zero)),
      True,
      False,
      b,
    );
  const absurdity = app(
    constant('Eq.rec', [zero, one]),
    Bool,
    no,
    fun('b', Bool, (b) => fun('_', equal(one, Bool, no, b), () => isFalse(b))),
    constant('True.intro'),
    yes,
    proof,
  );
  return app(
    constant('False.rec', [zero]),
    fun('_', False, () => goal),
    absurdity,
  );
}
