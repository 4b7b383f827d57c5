import type { Inductive } from '../../ir/declaration.js';
import { app, sort } from '../../ir/expr.js';
import { arrows, forall, inductiveType } from '../../ir/hoas.js';
import { max, one, param } from '../../ir/level.js';
import { Prop, Type } from '../../ir/core-constants.js';
import { given, typeAt, u, v } from './terms.js';

/** Inductive types of Lean's core, in an order in which each needs only the ones before it. */
export const inductives: readonly Inductive[] = [
  inductiveType(
    'False',
    [],
    [],
    () => Prop,
    () => ({}),
  ),
  inductiveType(
    'True',
    [],
    [],
    () => Prop,
    (self) => ({ intro: self }),
  ),
  inductiveType(
    'Empty',
    [],
    [],
    () => Type,
    () => ({}),
  ),
  inductiveType(
    'PUnit',
    ['u'],
    [],
    () => sort(u),
    (self) => ({ unit: self }),
  ),
  inductiveType(
    'Bool',
    [],
    [],
    () => Type,
    (self) => ({ false: self, true: self }),
  ),
  inductiveType(
    'Nat',
    [],
    [],
    () => Type,
    (self) => ({ zero: self, succ: forall('n', self, () => self) }),
  ),
  inductiveType(
    'Prod',
    ['u', 'v'],
    [
      ['α', () => typeAt(u)],
      ['β', () => typeAt(v)],
    ],
    () => typeAt(max(u, v)),
    (self, [a, b]) => ({
      mk: forall('fst', given(a), () => forall('snd', given(b), () => self)),
    }),
  ),
  inductiveType(
    'PProd',
    ['u', 'v'],
    [
      ['α', () => sort(u)],
      ['β', () => sort(v)],
    ],
    () => sort(max(max(one, u), v)),
    (self, [a, b]) => ({
      mk: forall('fst', given(a), () => forall('snd', given(b), () => self)),
    }),
  ),
  inductiveType(
    'Sum',
    ['u', 'v'],
    [
      ['α', () => typeAt(u)],
      ['β', () => typeAt(v)],
    ],
    () => typeAt(max(u, v)),
    (self, [a, b]) => ({
      inl: forall('val', given(a), () => self),
      inr: forall('val', given(b), () => self),
    }),
  ),
  inductiveType(
    'Sigma',
    ['u', 'v'],
    [
      ['α', () => typeAt(u)],
      ['β', ([a]) => arrows(given(a), typeAt(v))],
    ],
    () => typeAt(max(u, v)),
    (self, [a, b]) => ({
      mk: forall('fst', given(a), (x) => forall('snd', app(given(b), x), () => self)),
    }),
  ),
  inductiveType(
    'PSigma',
    ['u', 'v'],
    [
      ['α', () => sort(u)],
      ['β', ([a]) => arrows(given(a), sort(v))],
    ],
    () => sort(max(max(one, u), v)),
    (self, [a, b]) => ({
      mk: forall('fst', given(a), (x) => forall('snd', app(given(b), x), () => self)),
    }),
  ),
  inductiveType(
    'Subtype',
    ['u'],
    [
      ['α', () => sort(u)],
      ['p', ([a]) => arrows(given(a), Prop)],
    ],
    () => sort(max(one, u)),
    (self, [a, p]) => ({
      mk: forall('val', given(a), (x) => forall('property', app(given(p), x), () => self)),
    }),
  ),
  inductiveType(
    'Eq',
    ['u'],
    [
      ['α', () => sort(u)],
      ['a', ([a]) => given(a)],
    ],
    ([a]) => arrows(given(a), Prop),
    (self, [, a]) => ({
      refl: app(self, given(a)),
    }),
  ),
  inductiveType(
    'HEq',
    ['u'],
    [
      ['α', () => sort(u)],
      ['a', ([a]) => given(a)],
    ],
    () => forall('β', sort(u), (b) => arrows(b, Prop), 'implicit'),
    (self, [a, x]) => ({
      refl: app(self, given(a), given(x)),
    }),
  ),
  inductiveType(
    'And',
    [],
    [
      ['a', () => Prop],
      ['b', () => Prop],
    ],
    () => Prop,
    (self, [a, b]) => ({
      intro: forall('left', given(a), () => forall('right', given(b), () => self)),
    }),
  ),
  inductiveType(
    'Or',
    [],
    [
      ['a', () => Prop],
      ['b', () => Prop],
    ],
    () => Prop,
    (self, [a, b]) => ({
      inl: forall('h', given(a), () => self),
      inr: forall('h', given(b), () => self),
    }),
  ),
  inductiveType(
    'Exists',
    ['u'],
    [
      ['α', () => sort(u)],
      ['p', ([a]) => arrows(given(a), Prop)],
    ],
    () => Prop,
    (self, [a, p]) => ({
      intro: forall('w', given(a), (w) => forall('h', app(given(p), w), () => self)),
    }),
  ),
  inductiveType(
    'Nonempty',
    ['u'],
    [['α', () => sort(u)]],
    () => Prop,
    (self, [a]) => ({
      intro: forall('val', given(a), () => self),
    }),
  ),
  inductiveType(
    'Acc',
    ['u'],
    [
      ['α', () => sort(u)],
      ['r', ([a]) => arrows(given(a), given(a), Prop)],
    ],
    ([a]) => arrows(given(a), Prop),
    (self, [a, r]) => ({
      intro: forall('x', given(a), (x) =>
        forall(
          'h',
          forall('y', given(a), (y) => arrows(app(given(r), y, x), app(self, y))),
          () => app(self, x),
        ),
      ),
    }),
  ),
  inductiveType(
    'List',
    ['u'],
    [['α', () => typeAt(u)]],
    () => typeAt(u),
    (self, [a]) => ({
      nil: self,
      cons: forall('head', given(a), () => forall('tail', self, () => self)),
    }),
  ),
  inductiveType(
    'Option',
    ['u'],
    [['α', () => typeAt(u)]],
    () => typeAt(u),
    (self, [a]) => ({
      none: self,
      some: forall('val', given(a), () => self),
    }),
  ),
  inductiveType(
    'ULift',
    ['r', 's'],
    [['α', () => typeAt(param('s'))]],
    () => typeAt(max(param('s'), param('r'))),
    (self, [a]) => ({
      up: forall('down', given(a), () => self),
    }),
  ),
  inductiveType(
    'PLift',
    ['u'],
    [['α', () => sort(u)]],
    () => typeAt(u),
    (self, [a]) => ({
      up: forall('down', given(a), () => self),
    }),
  ),
];
