/** Recursors of indexed, reflexive and mutual types and their rules, large elimination of propositions, and K. */
import { app, nat } from '../../../src/ir/expr.js';
import { one } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  block,
  c,
  data,
  def,
  equation,
  fn,
  Nat,
  Prop,
  refused,
  thm,
  to,
  True,
  Type,
  v,
  type KernelCase,
} from './case.js';

const T = c('T');

export const recursorCases: readonly KernelCase[] = [
  accepted(
    'the recursor of an indexed type',
    data('T', to(Nat, Type), {
      a: app(T, nat(0)),
      b: all(Nat, to(app(T, v(0)), app(T, app(c('Nat.succ'), v(1))))),
    }),
    equation(
      'e',
      Nat,
      app(
        c('T.rec', one),
        fn(Nat, fn(app(T, v(0)), Nat)),
        nat(4),
        fn(Nat, fn(app(T, v(0)), fn(Nat, app(c('Nat.succ'), v(0))))),
        nat(1),
        app(c('T.b'), nat(0), c('T.a')),
      ),
      nat(5),
    ),
  ),
  accepted(
    'the recursor of a reflexive type',
    data('T', Type, { a: T, b: to(to(Nat, T), T) }),
    equation(
      'e',
      Nat,
      app(
        c('T.rec', one),
        fn(T, Nat),
        nat(4),
        fn(to(Nat, T), fn(to(Nat, Nat), app(c('Nat.succ'), app(v(0), nat(9))))),
        app(c('T.b'), fn(Nat, c('T.a'))),
      ),
      nat(5),
    ),
  ),
  refused(
    'the recursor of a reflexive type without what its hypothesis is a function of',
    data('T', Type, { a: T, b: to(to(Nat, T), T) }),
    def('d', to(T, Nat), app(c('T.rec', one), fn(T, Nat), nat(4), fn(to(Nat, T), fn(Nat, v(0))))),
  ),
  accepted(
    'the recursors of mutual types',
    block([
      ['A', Type, { a: c('A'), mk: to(c('B'), c('A')) }],
      ['B', Type, { mk: to(c('A'), c('B')) }],
    ]),
    equation(
      'e',
      Nat,
      app(
        c('A.rec', one),
        fn(c('A'), Nat),
        fn(c('B'), Nat),
        nat(0),
        fn(c('B'), fn(Nat, app(c('Nat.succ'), v(0)))),
        fn(c('A'), fn(Nat, app(c('Nat.succ'), v(0)))),
        app(c('A.mk'), app(c('B.mk'), c('A.a'))),
      ),
      nat(2),
    ),
  ),
  refused(
    'a recursor of mutual types with one motive',
    block([
      ['A', Type, { a: c('A'), mk: to(c('B'), c('A')) }],
      ['B', Type, { mk: to(c('A'), c('B')) }],
    ]),
    def('d', to(c('A'), Nat), app(c('A.rec', one), fn(c('A'), Nat), nat(0), fn(c('B'), fn(Nat, v(0))))),
  ),
  refused(
    'large elimination of a proposition of two types',
    block([
      ['A', Prop, { mk: to(c('B'), c('A')) }],
      ['B', Prop, { mk: to(c('A'), c('B')) }],
    ]),
    def(
      'd',
      to(c('A'), Nat),
      app(
        c('A.rec', one),
        fn(c('A'), Nat),
        fn(c('B'), Nat),
        fn(c('B'), fn(Nat, v(0))),
        fn(c('A'), fn(Nat, v(0))),
      ),
    ),
  ),
  accepted(
    'large elimination of nothing',
    data('T', Prop, {}),
    def('d', to(T, Nat), app(c('T.rec', one), fn(T, Nat))),
  ),
  accepted(
    'K for a proposition of one constructor without fields',
    data('T', Prop, { mk: T }),
    thm(
      't',
      all(T, app(c('Eq', one), Nat, app(c('T.rec', one), fn(T, Nat), nat(3), v(0)), nat(3))),
      fn(T, app(c('Eq.refl', one), Nat, nat(3))),
    ),
  ),
  refused(
    'K where the constructor has a field',
    data('T', Prop, { mk: to(True, T) }),
    thm(
      't',
      all(T, app(c('Eq', one), Nat, app(c('T.rec', one), fn(T, Nat), fn(True, nat(3)), v(0)), nat(3))),
      fn(T, app(c('Eq.refl', one), Nat, nat(3))),
    ),
  ),
];
