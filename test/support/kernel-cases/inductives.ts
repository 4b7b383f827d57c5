/** Inductive types: parameters, universes, positivity, results, large elimination, recursors. */
import { app, mdata, nat, proj, sort } from '../../../src/ir/expr.js';
import { imax, max, one, param, succ, zero } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  axiom,
  block,
  Bool,
  c,
  data,
  def,
  differs,
  equation,
  fn,
  mended,
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
const u = param('u');
const imaxProp = sort(imax(one, zero));

/** `T.rec` with a motive into Type on a variable: accepted iff T eliminates into data. */
const large = (name: string, levels = [one]) =>
  def('d', to(c(name), Nat), fn(c(name), app(c(`${name}.rec`, ...levels), fn(c(name), Nat), nat(1), v(0))));
const Phantom = def('Phantom', to(Type, Type), fn(Type, Nat));
const Ident = def('Ident', to(Type, Type), fn(Type, v(0)));

export const inductiveCases: readonly KernelCase[] = [
  accepted('an empty type', data('T', Type, {})),
  refused('no types', block([])),
  refused('a type that lives in no sort', data('T', Nat, {})),
  refused('a type of a value', data('T', nat(1), {})),
  accepted('constructors', data('T', Type, { a: T, b: to(Nat, T) })),
  refused('a constructor twice', {
    ...data('T', Type, {}),
    types: [
      {
        name: 'T',
        type: Type,
        constructors: [
          { name: 'c', type: T },
          { name: 'c', type: T },
        ],
      },
    ],
  }),
  refused(
    'a type twice',
    block([
      ['T', Type, {}],
      ['T', Type, {}],
    ]),
  ),
  refused('a constructor whose name is taken', {
    ...data('T', Type, {}),
    types: [{ name: 'T', type: Type, constructors: [{ name: 'Nat.add', type: T }] }],
  }),
  accepted('a constructor of any name', {
    ...data('T', Type, {}),
    types: [{ name: 'T', type: Type, constructors: [{ name: 'c', type: T }] }],
  }),
  refused('a type whose recursor has a name that is taken', def('T.rec', Nat, nat(1)), data('T', Type, {})),
  refused('a constructor that makes something else', data('T', Type, { mk: Nat })),
  refused('a constructor that makes a function', data('T', Type, { mk: app(fn(Type, T), Nat) })),
  refused('mdata above what a constructor makes', data('T', Type, { mk: mdata(T) })),
  accepted('a field that needs reduction', Ident, data('T', Type, { mk: to(app(c('Ident'), T), T) })),
  refused('a negative occurrence', data('T', Type, { mk: to(to(T, Nat), T) })),
  accepted('a function into the type', data('T', Type, { mk: to(to(Nat, T), T) })),
  refused('a negative occurrence further in', data('T', Type, { mk: to(to(Nat, T, Nat), T) })),
  refused(
    'an occurrence in an erased domain',
    Phantom,
    data('T', Type, { mk: to(to(app(c('Phantom'), T), Nat), to(to(app(c('Phantom'), T), T), T)) }),
  ),
  accepted(
    'an occurrence that reduction erases',
    Phantom,
    data('T', Type, { mk: to(app(c('Phantom'), T), T) }),
  ),
  accepted('a field as large as the type', data('T', sort(succ(one)), { mk: to(Type, T) })),
  refused('a field that is too large', data('T', Type, { mk: to(Type, T) })),
  accepted('a large field of a proposition', data('T', Prop, { mk: to(Type, T) })),
  refused(
    'a large field of a sort that may be Prop',
    data('T', sort(u), { mk: to(Type, c('T', u)) }, { levelParams: ['u'] }),
  ),
  differs(
    'a large field where the sort comes to Prop',
    { strict: 'accepts', old: 'refuses', recent: 'accepts' },
    data('T', imaxProp, { mk: to(Bool, T) }),
  ),
  differs(
    'a field whose level only the theory compares',
    { strict: 'accepts', old: 'refuses', recent: 'refuses' },
    data(
      'T',
      to(sort(param('v')), sort(succ(imax(u, param('v'))))),
      { mk: all(sort(param('v')), to(v(0), app(c('T', u, param('v')), v(1)))) },
      { parameters: 1, levelParams: ['u', 'v'] },
    ),
  ),
  accepted(
    'parameters',
    data('T', to(Type, Type), { mk: all(Type, to(v(0), app(T, v(1)))) }, { parameters: 1 }),
  ),
  refused('fewer binders than parameters', data('T', Type, { mk: T }, { parameters: 1 })),
  refused(
    'a constructor with another parameter type',
    data('T', to(Type, Type), { mk: all(Prop, app(T, v(0))) }, { parameters: 1 }),
  ),
  refused(
    'a constructor with fewer binders than parameters',
    data('T', to(Type, Type), { mk: app(T, Nat) }, { parameters: 1 }),
  ),
  refused(
    'a result with another parameter',
    data('T', to(Type, Type), { mk: all(Type, app(T, Nat)) }, { parameters: 1 }),
  ),
  accepted('a constructor at one index', data('T', to(Type, sort(succ(one))), { mk: app(T, Nat) })),
  refused('a constructor at an index of another type', data('T', to(Nat, Type), { mk: app(T, Bool) })),
  refused(
    'a recursive field with another parameter',
    data('T', to(Type, Type), { mk: all(Type, to(app(T, Nat), app(T, v(1)))) }, { parameters: 1 }),
  ),
  refused('the type inside an index', data('T', to(Type, Type), { mk: app(T, app(T, Nat)) })),
  refused(
    'a type at other levels',
    data('T', sort(max(u, one)), { mk: to(c('T', zero), c('T', u)) }, { levelParams: ['u'] }),
  ),
  refused('a level parameter of a type twice', data('T', Type, {}, { levelParams: ['u', 'u'] })),
  accepted(
    'mutual types',
    block([
      ['A', Type, { mk: to(c('B'), c('A')) }],
      ['B', Type, { nil: c('B'), mk: to(c('A'), c('B')) }],
    ]),
  ),
  refused(
    'mutual types in other sorts',
    block([
      ['A', Type, {}],
      ['B', Prop, {}],
    ]),
  ),
  refused(
    'mutual types with other parameters',
    block(
      [
        ['A', to(Type, Type), {}],
        ['B', to(Prop, Type), {}],
      ],
      { parameters: 1 },
    ),
  ),
  refused(
    'a constructor of the other type',
    block([
      ['A', Type, { mk: c('B') }],
      ['B', Type, {}],
    ]),
  ),
  refused(
    'a large field in the second of two types',
    block([
      ['A', Type, {}],
      ['B', Type, { mk: to(Type, c('B')) }],
    ]),
  ),
  accepted('large elimination of a type', data('T', Type, { mk: T }), large('T')),
  accepted(
    'large elimination of a proposition with nothing to tell',
    data('T', Prop, { mk: to(True, T) }),
    def('d', to(T, Nat), fn(T, app(c('T.rec', one), fn(T, Nat), fn(True, nat(1)), v(0)))),
  ),
  refused(
    'large elimination of a proposition with two constructors',
    data('T', Prop, { a: T, b: T }),
    def('d', to(T, Nat), fn(T, app(c('T.rec', one), fn(T, Nat), nat(1), nat(2), v(0)))),
  ),
  refused(
    'large elimination of a proposition with data',
    data('T', Prop, { mk: to(Nat, T) }),
    def('d', to(T, Nat), fn(T, app(c('T.rec', one), fn(T, Nat), fn(Nat, v(0)), v(0)))),
  ),
  accepted(
    'large elimination where data stands in an index',
    data('T', to(Nat, Prop), { mk: all(Nat, app(T, v(0))) }),
    def(
      'd',
      all(Nat, to(app(T, v(0)), Nat)),
      fn(
        Nat,
        fn(app(T, v(0)), app(c('T.rec', one), fn(Nat, fn(app(T, v(0)), Nat)), fn(Nat, v(0)), v(1), v(0))),
      ),
    ),
  ),
  refused(
    'large elimination where only a function of data does',
    data('T', to(Nat, Prop), { mk: all(Nat, app(T, app(c('Nat.succ'), v(0)))) }),
    def(
      'd',
      all(Nat, to(app(T, v(0)), Nat)),
      fn(
        Nat,
        fn(app(T, v(0)), app(c('T.rec', one), fn(Nat, fn(app(T, v(0)), Nat)), fn(Nat, v(0)), v(1), v(0))),
      ),
    ),
  ),
  differs(
    'an honest type whose recursor is refused',
    { strict: 'accepts', old: 'accepts', recent: 'refuses' },
    data('T', Prop, { mk: to(c('PUnit', imax(u, one)), c('T', u)) }, { levelParams: ['u'] }),
  ),
  accepted(
    'its neighbour',
    data('T', Prop, { mk: to(c('PUnit', max(u, one)), c('T', u)) }, { levelParams: ['u'] }),
  ),
  differs(
    'a loose variable one past the parameters',
    { strict: 'refuses', old: 'accepts', recent: 'accepts' },
    data('T', to(Type, Type), { mk: all(Type, to(v(1), app(T, v(1)))) }, { parameters: 1 }),
  ),
  refused(
    'a loose variable two past the parameters',
    data('T', to(Type, Type), { mk: all(Type, to(v(2), app(T, v(1)))) }, { parameters: 1 }),
  ),
  refused('a loose variable and no parameters', data('T', Type, { mk: to(v(0), T) })),
  differs(
    '2^32 parameters',
    { strict: 'refuses', old: 'accepts', recent: 'accepts' },
    data('T', Type, {}, { parameters: 2 ** 32 }),
  ),
  refused('2^31 parameters', data('T', Type, {}, { parameters: 2 ** 31 })),
  mended(
    'an auxiliary name in a constructor',
    axiom('_nested.X', Type),
    data('T', Type, { mk: to(c('_nested.X'), T) }),
  ),
  accepted('a type through a definition', def('D', sort(succ(one)), Type), data('T', c('D'), { mk: T })),
  accepted(
    'a structure',
    data('T', Type, { mk: to(Nat, Bool, T) }),
    def('d', to(T, Nat), fn(T, proj('T', 0, v(0)))),
  ),
  refused(
    'a projection beyond the last field',
    data('T', Type, { mk: to(Nat, T) }),
    def('d', to(T, Nat), fn(T, proj('T', 1, v(0)))),
  ),
  refused(
    'a projection number of 33 bits',
    data('T', Type, { mk: to(Nat, T) }),
    def('d', to(T, Nat), fn(T, proj('T', 2 ** 32, v(0)))),
  ),
  refused(
    'a projection under another name',
    data('T', Type, { mk: to(Nat, T) }),
    data('S', Type, { mk: to(Nat, c('S')) }),
    def('d', to(T, Nat), fn(T, proj('S', 0, v(0)))),
  ),
  refused(
    'a projection of a type with two constructors',
    def('d', to(Nat, Nat), fn(Nat, proj('Nat', 0, v(0)))),
  ),
  accepted(
    'a proof out of a proof',
    data('T', Prop, { mk: to(Nat, True, T) }),
    thm('t', to(T, True), fn(T, proj('T', 1, v(0)))),
  ),
  refused(
    'data out of a proof',
    data('T', Prop, { mk: to(Nat, True, T) }),
    def('d', to(T, Nat), fn(T, proj('T', 0, v(0)))),
  ),
  refused(
    'a proof that depends on data out of a proof',
    data('T', Prop, { mk: all(Nat, to(app(c('Eq', one), Nat, v(0), v(0)), T)) }),
    def('d', to(T, Prop), fn(T, app(fn(True, True), proj('T', 1, v(0))))),
  ),
  accepted(
    'data out of a sort that may be Prop',
    data('T', sort(max(u, one)), { mk: to(Nat, c('T', u)) }, { levelParams: ['u'] }),
    def('d', to(c('T', zero), Nat), fn(c('T', zero), proj('T', 0, v(0)))),
  ),
  accepted(
    'a recursor that computes',
    data('T', Type, { a: T, b: T }),
    equation('e', Nat, app(c('T.rec', one), fn(T, Nat), nat(1), nat(2), c('T.b')), nat(2)),
  ),
  refused(
    'a recursor that computes something else',
    data('T', Type, { a: T, b: T }),
    equation('e', Nat, app(c('T.rec', one), fn(T, Nat), nat(1), nat(2), c('T.b')), nat(1)),
  ),
];
