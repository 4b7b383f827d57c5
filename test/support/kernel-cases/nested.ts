/** Nested occurrences, and the recursors of blocks. */
import { app, lambda, mdata } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  Bool,
  c,
  data,
  def,
  fn,
  mended,
  Nat,
  nested3,
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
const list = (of: ReturnType<typeof app>) => app(c('List', zero), of);
const Box = data('Box', to(Type, Type), { mk: all(Type, to(v(0), app(c('Box'), v(1)))) }, { parameters: 1 });
const Sink = data(
  'Sink',
  to(Type, Type),
  { mk: all(Type, to(to(v(0), Nat), app(c('Sink'), v(1)))) },
  { parameters: 1 },
);
const Ident = def('Ident', to(Type, Type), fn(Type, v(0)));
const BoxOf = def('BoxOf', to(Type, Type), lambda('A', Type, app(c('Box'), v(0))));

export const nestedCases: readonly KernelCase[] = [
  accepted('a tree of lists', data('T', Type, { node: to(list(T), T) })),
  refused('a proposition of lists', data('T', Prop, { node: to(list(T), T) })),
  accepted('a list of lists', data('T', Type, { node: to(list(list(T)), T) })),
  accepted('a container of our own', Box, data('T', Type, { node: to(app(c('Box'), T), T) })),
  refused('a container that is not positive', Sink, data('T', Type, { node: to(app(c('Sink'), T), T) })),
  refused(
    'a container behind a definition',
    Box,
    BoxOf,
    data('T', Type, { node: to(app(c('BoxOf'), T), T) }),
  ),
  accepted(
    'one container twice',
    Box,
    data('T', Type, { a: to(app(c('Box'), T), T), b: to(app(c('Box'), T), T) }),
  ),
  accepted(
    'one container said in two ways',
    Box,
    Ident,
    data('T', Type, { a: to(app(c('Box'), T), T), b: to(app(c('Box'), app(c('Ident'), T)), T) }),
  ),
  accepted('mdata inside', Box, data('T', Type, { a: to(app(c('Box'), mdata(T)), T) })),
  refused(
    'a container of a local',
    Box,
    data('T', Type, { a: all(Type, to(app(c('Prod', zero, zero), T, v(0)), T)) }),
  ),
  refused('a container in a domain', data('T', Type, { a: to(to(list(T), Nat), T) })),
  accepted('a function into a container', data('T', Type, { a: to(to(Nat, list(T)), T) })),
  accepted(
    'a parameter in a container',
    data(
      'T',
      to(Type, Type),
      { a: all(Type, to(app(c('Prod', zero, zero), v(0), app(T, v(0))), app(T, v(1)))) },
      { parameters: 1 },
    ),
  ),
  mended(
    'a nested parameter of another type',
    data(
      'Ph',
      to(Type, Bool, Type),
      { mk: all(Type, all(Bool, app(c('Ph'), v(1), v(0)))) },
      { parameters: 2 },
    ),
    data('T', Type, { a: to(app(c('Ph'), T, nested3), T) }),
  ),
  mended(
    'a nested occurrence at another parameter',
    data('Ph', to(Type, Type), { mk: all(Type, app(c('Ph'), v(0))) }, { parameters: 1 }),
    data(
      'E',
      to(Bool, Type),
      { mk: all(Bool, to(app(c('Ph'), app(c('E'), c('Bool.false'))), app(c('E'), v(1)))) },
      { parameters: 1 },
    ),
  ),
  accepted(
    'the recursor of a nested occurrence',
    data('T', Type, { node: to(list(T), T) }),
    def(
      'd',
      to(T, Nat),
      fn(
        T,
        app(
          c('T.rec', one),
          fn(T, Nat),
          fn(list(T), Nat),
          fn(list(T), fn(Nat, v(0))),
          c('Nat.zero'),
          fn(T, fn(list(T), fn(Nat, fn(Nat, app(c('Nat.succ'), v(0)))))),
          v(0),
        ),
      ),
    ),
  ),
  refused(
    'a recursor of a nested occurrence that is none',
    data('T', Type, { node: to(list(T), T) }),
    thm('t', True, c('T.rec_2', one)),
  ),
  refused(
    'a recursor whose name is taken',
    def('T.rec_1', Nat, c('Nat.zero')),
    data('T', Type, { node: to(list(T), T) }),
  ),
];
