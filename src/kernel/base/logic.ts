import type { Axiom, Declaration } from '../../ir/declaration.js';
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { max, one, succ } from '../../ir/level.js';
import { soundness } from './quotient.js';
import { False, Prop, Type } from '../../ir/core-constants.js';
import { equal, given, reflexivity, u } from './terms.js';

function axiom(name: string, levelParams: readonly string[], type: Expr): Axiom {
  return { kind: 'axiom', name, levelParams, type, unsafe: false };
}

/** `{α : Sort u} → ...` as a type, and the function of that type. */
function onSort(body: (a: Expr) => Expr): Expr {
  return forall('α', sort(u), body, 'implicit');
}
function ofSort(body: (a: Expr) => Expr): Expr {
  return fun('α', sort(u), body, 'implicit');
}

/** The core of logic behind the inductive types: negation, decidability, and Lean's three axioms. */
export const logic: readonly Declaration[] = [
  define(
    'id',
    ['u'],
    onSort((a) => forall('a', a, () => a)),
    ofSort((a) => fun('a', a, (x) => x)),
  ),
  define(
    'rfl',
    ['u'],
    onSort((a) => forall('a', a, (x) => equal(u, a, x, x), 'implicit')),
    ofSort((a) => fun('a', a, (x) => reflexivity(u, a, x), 'implicit')),
  ),
  define(
    'cast',
    ['u'],
    forall(
      'α',
      sort(u),
      (a) => forall('β', sort(u), (b) => arrows(equal(succ(u), sort(u), a, b), a, b), 'implicit'),
      'implicit',
    ),
    castValue(),
  ),
  define(
    'Not',
    [],
    arrows(Prop, Prop),
    fun('a', Prop, (a) => arrows(a, False)),
  ),
  define(
    'False.elim',
    ['u'],
    forall('C', sort(u), (c) => arrows(False, c), 'implicit'),
    fun(
      'C',
      sort(u),
      (c) =>
        fun('h', False, (h) =>
          app(
            constant('False.rec', [u]),
            fun('_', False, () => c),
            h,
          ),
        ),
      'implicit',
    ),
  ),
  define(
    'Ne',
    ['u'],
    onSort((a) => forall('a', a, () => forall('b', a, () => Prop))),
    ofSort((a) => fun('a', a, (x) => fun('b', a, (y) => app(constant('Not'), equal(u, a, x, y))))),
  ),
  inductiveType(
    'Iff',
    [],
    [
      ['a', () => Prop],
      ['b', () => Prop],
    ],
    () => Prop,
    (self, [a, b]) => ({
      intro: forall('mp', arrows(given(a), given(b)), () =>
        forall('mpr', arrows(given(b), given(a)), () => self),
      ),
    }),
  ),
  inductiveType(
    'Decidable',
    [],
    [['p', () => Prop]],
    () => Type,
    (self, [p]) => ({
      isFalse: forall('h', app(constant('Not'), given(p)), () => self),
      isTrue: forall('h', given(p), () => self),
    }),
  ),
  inductiveType(
    'Subsingleton',
    ['u'],
    [['α', () => sort(u)]],
    () => Prop,
    (self, [a]) => ({
      intro: forall(
        'allEq',
        forall('a', given(a), (x) => forall('b', given(a), (y) => equal(u, given(a), x, y))),
        () => self,
      ),
    }),
  ),
  inductiveType(
    'Inhabited',
    ['u'],
    [['α', () => sort(u)]],
    () => sort(max(one, u)),
    (self, [a]) => ({ mk: forall('default', given(a), () => self) }),
  ),
  inductiveType(
    'WellFounded',
    ['u'],
    [
      ['α', () => sort(u)],
      ['r', ([a]) => arrows(given(a), given(a), Prop)],
    ],
    () => Prop,
    (self, [a, r]) => ({
      intro: forall(
        'h',
        forall('a', given(a), (x) => app(constant('Acc', [u]), given(a), given(r), x)),
        () => self,
      ),
    }),
  ),
  axiom(
    'propext',
    [],
    forall(
      'a',
      Prop,
      (a) => forall('b', Prop, (b) => arrows(app(constant('Iff'), a, b), equal(one, Prop, a, b)), 'implicit'),
      'implicit',
    ),
  ),
  axiom(
    'Classical.choice',
    ['u'],
    onSort((a) => arrows(app(constant('Nonempty', [u]), a), a)),
  ),
  { kind: 'quotient' },
  axiom('Quot.sound', ['u'], soundness),
];

function castValue(): Expr {
  const above = succ(u);
  const motive = (a: Expr): Expr => fun('γ', sort(u), (c) => fun('_', equal(above, sort(u), a, c), () => c));
  return fun(
    'α',
    sort(u),
    (a) =>
      fun(
        'β',
        sort(u),
        (b) =>
          fun('h', equal(above, sort(u), a, b), (h) =>
            fun('a', a, (x) => app(constant('Eq.rec', [u, above]), sort(u), a, motive(a), x, b, h)),
          ),
        'implicit',
      ),
    'implicit',
  );
}
