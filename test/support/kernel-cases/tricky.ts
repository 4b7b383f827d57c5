/** Rules that meet: K, eta, unit-like types, elimination, nesting, levels and names, each with its neighbour. */
import { app, constant, lambda, pi, proj, sort, string, nat } from '../../../src/ir/expr.js';
import { imax, max, one, param, succ, zero } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  block,
  Bool,
  c,
  data,
  def,
  differs,
  eq,
  equation,
  False,
  fn,
  Nat,
  Prop,
  refl,
  refused,
  thm,
  to,
  True,
  Type,
  v,
  axiom,
  type KernelCase,
} from './case.js';

const u = param('u');
const T = c('T');
const S = c('S');
const list = (of: ReturnType<typeof c>): ReturnType<typeof app> => app(c('List', zero), of);
const oneField = data('S', Type, { mk: to(Nat, S) });
const unit = data('U', Type, { mk: c('U') });
const pair = data('P', Type, { mk: to(Nat, Bool, c('P')) });
const P = c('P');

export const trickyCases: readonly KernelCase[] = [
  refused(
    'eta of a structure whose field is a unit',
    unit,
    data('W', Type, { mk: to(c('U'), c('W')) }),
    thm('t', all(c('W'), all(c('W'), eq(c('W'), v(1), v(0)))), fn(c('W'), fn(c('W'), refl(c('W'), v(1))))),
  ),
  refused(
    'no eta of a structure with a number',
    oneField,
    thm('t', all(S, all(S, eq(S, v(1), v(0)))), fn(S, fn(S, refl(S, v(1))))),
  ),
  accepted(
    'structure eta of a variable',
    pair,
    thm(
      't',
      all(P, eq(P, v(0), app(c('P.mk'), proj('P', 0, v(0)), proj('P', 1, v(0))))),
      fn(P, refl(P, v(0))),
    ),
  ),
  refused(
    'structure eta with fields of two values',
    pair,
    thm(
      't',
      all(P, all(P, eq(P, v(1), app(c('P.mk'), proj('P', 0, v(1)), proj('P', 1, v(0)))))),
      fn(P, fn(P, refl(P, v(1)))),
    ),
  ),
  accepted(
    'a unit behind a function',
    unit,
    thm(
      't',
      all(to(Nat, c('U')), eq(to(Nat, c('U')), v(0), fn(Nat, c('U.mk')))),
      fn(to(Nat, c('U')), refl(to(Nat, c('U')), v(0))),
    ),
  ),
  refused(
    'a unit that has two values',
    data('U', Type, { a: c('U'), b: c('U') }),
    thm('t', all(c('U'), eq(c('U'), v(0), c('U.a'))), fn(c('U'), refl(c('U'), v(0)))),
  ),
  refused(
    'a recursive type is no unit',
    data('U', Type, { mk: to(c('U'), c('U')) }),
    thm('t', all(c('U'), eq(c('U'), v(0), app(c('U.mk'), v(0)))), fn(c('U'), refl(c('U'), v(0)))),
  ),
  accepted(
    'K on a variable',
    thm(
      't',
      all(
        eq(Nat, nat(1), nat(1)),
        eq(
          Nat,
          app(
            c('Eq.rec', one, one),
            Nat,
            nat(1),
            fn(Nat, fn(eq(Nat, nat(1), v(0)), Nat)),
            nat(7),
            nat(1),
            v(0),
          ),
          nat(7),
        ),
      ),
      fn(eq(Nat, nat(1), nat(1)), refl(Nat, nat(7))),
    ),
  ),
  refused(
    'K at other indices',
    thm(
      't',
      all(
        eq(Nat, nat(1), nat(2)),
        eq(
          Nat,
          app(
            c('Eq.rec', one, one),
            Nat,
            nat(1),
            fn(Nat, fn(eq(Nat, nat(1), v(0)), Nat)),
            nat(7),
            nat(2),
            v(0),
          ),
          nat(7),
        ),
      ),
      fn(eq(Nat, nat(1), nat(2)), refl(Nat, nat(7))),
    ),
  ),
  accepted(
    'large elimination of proofs',
    data('T', Prop, { mk: to(True, True, T) }),
    def('d', to(T, Nat), fn(T, app(c('T.rec', one), fn(T, Nat), fn(True, fn(True, nat(1))), v(0)))),
  ),
  refused(
    'large elimination of a mutual block',
    block([
      ['A', Prop, { mk: c('A') }],
      ['B', Prop, { mk: c('B') }],
    ]),
    def(
      'd',
      to(c('A'), Nat),
      fn(c('A'), app(c('A.rec', one), fn(c('A'), Nat), fn(c('B'), Nat), nat(1), nat(2), v(0))),
    ),
  ),
  accepted(
    'a mutual block in one sort',
    block([
      ['A', Type, { mk: to(c('B'), c('A')) }],
      ['B', Type, { mk: c('B'), s: to(c('A'), c('B')) }],
    ]),
  ),
  refused(
    'a mutual block in two sorts',
    block([
      ['A', Type, { mk: to(c('B'), c('A')) }],
      ['B', sort(succ(one)), { mk: c('B') }],
    ]),
  ),
  accepted(
    'a mutual block in sorts that are equal',
    block(
      [
        ['A', sort(max(u, one)), { mk: c('A', u) }],
        ['B', sort(max(one, u)), { mk: c('B', u) }],
      ],
      { levelParams: ['u'] },
    ),
  ),
  differs(
    'a mutual block in sorts that are equal in theory',
    { strict: 'accepts', old: 'refuses', recent: 'refuses' },
    block(
      [
        ['A', sort(imax(u, one)), { mk: c('A', u) }],
        ['B', sort(max(u, one)), { mk: c('B', u) }],
      ],
      { levelParams: ['u'] },
    ),
  ),
  accepted('a reflexive occurrence', data('T', Type, { leaf: T, node: to(to(Nat, T), T) })),
  refused('a reflexive occurrence on the left', data('T', Type, { node: to(to(to(T, Nat), T), T) })),
  accepted(
    'a positive occurrence behind a definition',
    def('Same', to(Type, Type), fn(Type, v(0))),
    data('T', Type, { leaf: T, node: to(app(c('Same'), T), T) }),
  ),
  refused(
    'a negative occurrence behind a definition',
    def('Neg', to(Type, Type), fn(Type, to(v(0), Nat))),
    data('T', Type, { node: to(app(c('Neg'), T), T) }),
  ),
  accepted(
    'nested in a parameter of its own',
    data('Q', to(Type, Type), { mk: all(Type, to(v(0), app(c('Q'), v(1)))) }, { parameters: 1 }),
    data('T', Type, { leaf: T, node: to(app(c('Q'), T), T) }),
  ),
  refused(
    'nested in an index',
    data('Q', to(Type, sort(succ(one))), { mk: all(Type, app(c('Q'), v(0))) }),
    data('T', sort(succ(one)), { node: to(app(c('Q'), T), T) }),
  ),
  accepted(
    'nested twice',
    data('T', Type, { node: to(list(list(T)), T) }),
    thm('t', eq(Nat, nat(1), nat(1)), refl(Nat, nat(1))),
  ),
  accepted(
    'the second auxiliary recursor',
    data('T', Type, { node: to(list(list(T)), T) }),
    def('d', sort(succ(zero)), Nat),
    def('T.rec_3', Nat, nat(1)),
  ),
  refused(
    'an auxiliary recursor that is taken',
    def('T.rec_2', Nat, nat(1)),
    data('T', Type, { node: to(list(list(T)), T) }),
  ),
  refused('a constructor called as its type', {
    ...data('T', Type, {}),
    types: [{ name: 'T', type: Type, constructors: [{ name: 'T', type: T }] }],
  }),
  refused('two constructors of one name in a block', {
    ...block([
      ['A', Type, {}],
      ['B', Type, {}],
    ]),
    types: [
      { name: 'A', type: Type, constructors: [{ name: 'x', type: c('A') }] },
      { name: 'B', type: Type, constructors: [{ name: 'x', type: c('B') }] },
    ],
  }),
  accepted('a constructor with a name from elsewhere', {
    ...data('T', Type, {}),
    types: [{ name: 'T', type: Type, constructors: [{ name: 'x.y', type: T }] }],
  }),
  refused(
    'a level parameter twice in a value',
    def('d', sort(succ(u)), sort(u), { levelParams: ['u', 'u'] }),
  ),
  refused('an unbound level parameter in a value', def('d', Nat, app(fn(sort(u), nat(1)), c('PUnit', u)))),
  refused(
    'an unbound level parameter in a constructor',
    data('T', Type, { mk: to(app(fn(sort(u), Nat), c('PUnit', u)), T) }),
  ),
  accepted(
    'a hint of no consequence',
    def('d', Nat, nat(1), { hint: 'opaque' }),
    equation('e', Nat, c('d'), nat(1)),
  ),
  accepted('a partial definition', def('d', Nat, nat(1), { safety: 'partial' })),
  refused(
    'a safe use of an unsafe definition',
    def('d', Nat, nat(1), { safety: 'unsafe' }),
    def('e', Nat, c('d')),
  ),
  accepted(
    'an unsafe use of an unsafe definition',
    def('d', Nat, nat(1), { safety: 'unsafe' }),
    def('e', Nat, c('d'), { safety: 'unsafe' }),
  ),
  refused('a theorem of an unsafe axiom', axiom('a', False, { unsafe: true }), thm('t', False, c('a'))),
  refused(
    'data out of a proof of a family',
    data('T', to(Nat, Prop), { mk: all(Nat, app(T, nat(0))) }),
    def('d', to(app(T, nat(0)), Nat), fn(app(T, nat(0)), proj('T', 0, v(0)))),
  ),
  accepted(
    'a projection in a type',
    pair,
    thm('t', all(P, eq(Nat, proj('P', 0, v(0)), proj('P', 0, v(0)))), fn(P, refl(Nat, proj('P', 0, v(0))))),
  ),
  accepted(
    'a projection of a constructor',
    pair,
    equation('e', Nat, proj('P', 0, app(c('P.mk'), nat(4), c('Bool.true'))), nat(4)),
  ),
  refused(
    'the other projection of a constructor',
    pair,
    equation('e', Nat, proj('P', 0, app(c('P.mk'), nat(4), c('Bool.true'))), nat(5)),
  ),
  accepted(
    'a large literal by its predecessor',
    equation('e', Nat, nat(2n ** 70n), app(c('Nat.succ'), nat(2n ** 70n - 1n))),
  ),
  refused(
    'a large literal by another one',
    equation('e', Nat, nat(2n ** 70n), app(c('Nat.succ'), nat(2n ** 70n))),
  ),
  accepted('strings with a character past 16 bits', equation('e', c('String'), string('😀'), string('😀'))),
  refused('strings whose halves are turned', equation('e', c('String'), string('ab'), string('ba'))),
  accepted(
    'function eta under a binder',
    thm(
      't',
      all(to(Nat, Nat, Nat), eq(to(Nat, Nat, Nat), v(0), fn(Nat, fn(Nat, app(v(2), v(1), v(0)))))),
      fn(to(Nat, Nat, Nat), refl(to(Nat, Nat, Nat), v(0))),
    ),
  ),
  refused(
    'function eta with arguments turned',
    thm(
      't',
      all(to(Nat, Nat, Nat), eq(to(Nat, Nat, Nat), v(0), fn(Nat, fn(Nat, app(v(2), v(0), v(1)))))),
      fn(to(Nat, Nat, Nat), refl(to(Nat, Nat, Nat), v(0))),
    ),
  ),
  accepted(
    'any two proofs of any proposition',
    thm(
      't',
      all(Prop, all(v(0), all(v(1), eq(v(2), v(1), v(0), zero)))),
      fn(Prop, fn(v(0), fn(v(1), refl(v(2), v(1), zero)))),
    ),
  ),
  refused(
    'two values of a type',
    thm(
      't',
      all(Type, all(v(0), all(v(1), eq(v(2), v(1), v(0))))),
      fn(Type, fn(v(0), fn(v(1), refl(v(2), v(1))))),
    ),
  ),
  refused(
    'a field that may be too large',
    data('T', sort(u), { mk: to(Nat, c('T', u)) }, { levelParams: ['u'] }),
  ),
  differs(
    'a function type of imax, which a release writes as max',
    { strict: 'accepts', old: 'refuses', recent: 'refuses' },
    def('d', sort(imax(u, succ(zero))), pi('a', constant('PUnit', [u]), Nat), { levelParams: ['u'] }),
  ),
  accepted(
    'a let that the type needs',
    def('d', to(Nat, Nat), lambda('x', Nat, app(fn(to(Nat, Nat), app(v(0), v(1))), fn(Nat, v(0))))),
  ),
];
