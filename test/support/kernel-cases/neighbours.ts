/** More neighbours of rules: containers within containers, sorts by imax, what a recursor eliminates into, K, names. */
import { app, letIn, nat, proj, sort, type Expr } from '../../../src/ir/expr.js';
import { imax, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  axiom,
  block,
  Bool,
  c,
  data,
  def,
  eq,
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
  type KernelCase,
} from './case.js';

const [u, w] = [param('u'), param('w')];
const T = c('T');
const both = app(c('And'), T, T);
const trivial = c('True.intro');
const list = (of: Expr): Expr => app(c('List', zero), of);
const pair = (a: Expr, b: Expr): Expr => app(c('Prod', zero, zero), a, b);
const constantly = (type: Expr, value: Expr = True): Expr => fn(type, value);

const arrowsOf = def(
  'arrows',
  all(sort(u), all(sort(w), sort(imax(u, w)))),
  fn(sort(u), fn(sort(w), to(v(1), v(1)))),
  {
    levelParams: ['u', 'w'],
  },
);
const treeOfPairs = data('T', Type, { node: to(list(pair(T, T)), T) });
/** A recursor of the tree, by number, at the motive that is always True. */
const trivialRecursion = (name: string): Expr =>
  app(
    c(name, zero),
    constantly(T),
    constantly(list(pair(T, T))),
    constantly(pair(T, T)),
    fn(list(pair(T, T)), fn(True, trivial)),
    trivial,
    fn(pair(T, T), fn(list(pair(T, T)), fn(True, fn(True, trivial)))),
    fn(T, fn(T, fn(True, fn(True, trivial)))),
  );
const nestedProp = data('T', Prop, { mk: to(both, T) });
/** Its recursor at constant motives. */
const nestedRecursion = (levels: readonly Level[], type: Expr, value: Expr): Expr =>
  app(
    c('T.rec', ...levels),
    constantly(T, type),
    constantly(both, type),
    fn(both, fn(type, value)),
    fn(T, fn(T, fn(type, fn(type, value)))),
  );
const ofPairs = to(pair(T, T), True);
const at3 = data('P', to(Nat, Prop), { mk: app(c('P'), nat(3)) });
const P = (index: Expr): Expr => app(c('P'), index);
/** `P.rec` at the motive that is Nat, of 5 and a proof. */
const five = (index: Expr, proof: Expr): Expr =>
  app(c('P.rec', one), fn(Nat, fn(P(v(0)), Nat)), nat(5), index, proof);
const noIndex = data('U', to(Type, Type), { mk: all(Type, app(c('U'), v(0))) }, { parameters: 1 });
const withIndex = data('U', to(Nat, Type), { mk: app(c('U'), nat(0)) });
const twoOf = (type: Expr): Expr => all(type, all(type, eq(type, v(1), v(0))));
const sameTwo = (type: Expr): Expr => fn(type, fn(type, refl(type, v(1))));
const accessible = (fields: (result: Expr) => Expr, from: number): ReturnType<typeof data> =>
  data('W', to(Nat, Prop), { mk: fields(app(c('W'), v(from))) });
const Ty = def('Ty', sort(succ(one)), Type);
const Box = data('Box', to(Type, Type), { mk: all(Type, to(v(0), app(c('Box'), v(1)))) }, { parameters: 1 });
const box = (type: Expr): Expr => app(c('Box'), type);
const boxed = (type: Expr, value: Expr): Expr => app(c('Box.mk'), type, value);
const boxes = box(box(Nat));
const opened = (depth: number, of: Expr): Expr => (depth === 0 ? of : proj('Box', 0, opened(depth - 1, of)));

export const neighbourCases: readonly KernelCase[] = [
  accepted('function types in the sort that imax says', arrowsOf),
  refused('function types in the sort that max says', {
    ...arrowsOf,
    type: all(sort(u), all(sort(w), sort(max(u, w)))),
  }),
  accepted(
    'imax that comes to Prop where levels are given',
    arrowsOf,
    def('d', to(Type, Prop, Prop), fn(Type, fn(Prop, app(c('arrows', one, zero), v(1), v(0))))),
  ),
  refused(
    'imax that does not',
    arrowsOf,
    def('d', to(Type, Prop), fn(Type, app(c('arrows', one, one), Nat, v(0)))),
  ),

  accepted('a tree of lists of pairs', treeOfPairs),
  accepted(
    'the recursor of the inner of two containers',
    treeOfPairs,
    thm('t', ofPairs, trivialRecursion('T.rec_2')),
  ),
  refused(
    'the recursor of the outer in its place',
    treeOfPairs,
    thm('t', ofPairs, trivialRecursion('T.rec_1')),
  ),
  refused('a recursor of a third', treeOfPairs, thm('t', ofPairs, trivialRecursion('T.rec_3'))),
  accepted(
    'nested in a function of a dependent pair',
    data('T', Type, {
      mk: to(app(c('Sigma', zero, zero), Nat, fn(Nat, to(app(c('Fin'), v(0)), T))), T),
    }),
  ),
  refused(
    'nested in a domain in a dependent pair',
    data('T', Type, {
      mk: to(app(c('Sigma', zero, zero), Nat, fn(Nat, to(T, Nat))), T),
    }),
  ),
  accepted('nested in a subtype', data('T', Type, { mk: to(app(c('Subtype', one), T, constantly(T)), T) })),
  refused('data nested in a proposition', data('T', Type, { mk: to(app(c('Nonempty', one), T), T) })),
  accepted('a proposition nested in one', nestedProp),
  accepted(
    'the recursor of a nested proposition',
    nestedProp,
    thm('t', to(T, True), nestedRecursion([], True, trivial)),
  ),
  refused(
    'large elimination of a nested proposition',
    nestedProp,
    def('d', to(T, Nat), nestedRecursion([one], Nat, nat(1))),
  ),
  accepted(
    'a container at the levels of its type',
    data(
      'T',
      to(sort(succ(u)), sort(succ(u))),
      { mk: all(sort(succ(u)), to(app(c('List', u), app(c('T', u), v(0))), app(c('T', u), v(1)))) },
      { parameters: 1, levelParams: ['u'] },
    ),
  ),
  refused(
    'a container at another level',
    data(
      'T',
      to(sort(succ(u)), sort(succ(u))),
      { mk: all(sort(succ(u)), to(app(c('List', zero), app(c('T', u), v(0))), app(c('T', u), v(1)))) },
      { parameters: 1, levelParams: ['u'] },
    ),
  ),

  accepted(
    'a domain of functions that is nothing to it',
    data('T', Type, { mk: to(to(to(Nat, Bool), T), T) }),
  ),
  refused('twice on the left', data('T', Type, { mk: to(to(to(T, Nat), T), T) })),
  refused('functions of all types in a type', data('T', Type, { mk: to(to(Type, T), T) })),
  accepted('functions of all types in a type above', data('T', sort(succ(one)), { mk: to(to(Type, T), T) })),
  accepted('functions of all types in a proposition', data('T', Prop, { mk: to(to(Type, T), T) })),

  accepted(
    'K at a literal index',
    at3,
    thm('t', all(P(nat(3)), eq(Nat, five(nat(3), v(0)), nat(5))), fn(P(nat(3)), refl(Nat, nat(5)))),
  ),
  accepted(
    'K at an index that computes to it',
    at3,
    thm(
      't',
      all(
        P(app(c('Nat.add'), nat(1), nat(2))),
        eq(Nat, five(app(c('Nat.add'), nat(1), nat(2)), v(0)), nat(5)),
      ),
      fn(P(app(c('Nat.add'), nat(1), nat(2))), refl(Nat, nat(5))),
    ),
  ),
  refused(
    'K at any index',
    at3,
    thm(
      't',
      all(Nat, all(P(v(0)), eq(Nat, five(v(1), v(0)), nat(5)))),
      fn(Nat, fn(P(v(0)), refl(Nat, nat(5)))),
    ),
  ),

  accepted(
    'two values of a unit with a parameter',
    noIndex,
    thm('t', twoOf(app(c('U'), Nat)), sameTwo(app(c('U'), Nat))),
  ),
  refused(
    'two values of a unit with an index',
    withIndex,
    thm('t', twoOf(app(c('U'), nat(0))), sameTwo(app(c('U'), nat(0)))),
  ),
  accepted(
    'structure eta through two structures with parameters',
    Box,
    thm(
      't',
      all(boxes, eq(boxes, v(0), boxed(box(Nat), boxed(Nat, opened(2, v(0)))))),
      fn(boxes, refl(boxes, v(0))),
    ),
  ),
  refused(
    'structure eta with the parts of another',
    Box,
    thm(
      't',
      all(boxes, all(boxes, eq(boxes, v(0), boxed(box(Nat), boxed(Nat, opened(2, v(1))))))),
      fn(boxes, fn(boxes, refl(boxes, v(0)))),
    ),
  ),

  accepted(
    'data by a recursor whose fields are proofs or told by the index',
    accessible((result) => all(Nat, to(all(Nat, app(c('W'), v(0))), result)), 1),
    def(
      'd',
      all(Nat, to(app(c('W'), v(0)), Nat)),
      app(
        c('W.rec', one),
        fn(Nat, fn(app(c('W'), v(0)), Nat)),
        fn(Nat, fn(all(Nat, app(c('W'), v(0))), fn(to(Nat, Nat), nat(7)))),
      ),
    ),
  ),
  refused(
    'data by the recursor where a field is neither',
    accessible((result) => all(Nat, all(Nat, to(all(Nat, app(c('W'), v(0))), result))), 2),
    def(
      'd',
      all(Nat, to(app(c('W'), v(0)), Nat)),
      app(
        c('W.rec', one),
        fn(Nat, fn(app(c('W'), v(0)), Nat)),
        fn(Nat, fn(Nat, fn(all(Nat, app(c('W'), v(0))), fn(to(Nat, Nat), nat(7))))),
      ),
    ),
  ),

  accepted(
    'a recursor without a level of its own',
    data('T', sort(u), { mk: to(c('T', u), c('T', u)) }, { levelParams: ['u'] }),
    thm(
      't',
      all(c('T', one), True),
      app(c('T.rec', one), fn(c('T', one), True), fn(c('T', one), fn(True, trivial))),
    ),
  ),
  refused(
    'a recursor with one too many',
    data('T', sort(u), { mk: to(c('T', u), c('T', u)) }, { levelParams: ['u'] }),
    thm(
      't',
      all(c('T', one), True),
      app(c('T.rec', zero, one), fn(c('T', one), True), fn(c('T', one), fn(True, trivial))),
    ),
  ),
  accepted(
    'an empty type of any sort eliminates into any',
    data('T', sort(u), {}, { levelParams: ['u'] }),
    def('d', all(c('T', u), Nat), app(c('T.rec', one, u), fn(c('T', u), Nat)), { levelParams: ['u'] }),
  ),
  refused(
    'and has no recursor with one level',
    data('T', sort(u), {}, { levelParams: ['u'] }),
    def('d', all(c('T', u), Nat), app(c('T.rec', u), fn(c('T', u), Nat)), { levelParams: ['u'] }),
  ),

  accepted('a type whose sort stands behind a definition', Ty, data('T', c('Ty'), { mk: T })),
  accepted(
    'a type whose indices stand behind a definition',
    def('F', sort(succ(one)), to(Nat, Type)),
    data('T', c('F'), { mk: app(T, nat(0)) }),
  ),
  refused('a let before the result of a constructor', data('T', Type, { mk: letIn('x', Type, Nat, T) })),
  accepted('a let in the type of a field', data('T', Type, { mk: to(letIn('x', Type, T, v(0)), T) })),

  refused('a field of what is no structure', def('d', Nat, proj('Nat', 0, nat(1)))),
  accepted(
    'a field of a theorem',
    thm('p', app(c('And'), True, True), app(c('And.intro'), True, True, trivial, trivial)),
    thm('t', True, proj('And', 1, c('p'))),
  ),
  refused('a theorem by itself', thm('t', False, c('t'))),
  refused('a definition by a later one', def('a', Nat, c('b'))),
  refused('the name of a recursor that is there', data('T', Type, { mk: T }), axiom('T.rec', Prop)),
  refused('the name of a constructor that is there', data('T', Type, { mk: T }), axiom('T.mk', Prop)),
  refused(
    'a quotient by a relation into types',
    def('d', Type, app(c('Quot', one), Nat, fn(Nat, fn(Nat, Nat)))),
  ),
  refused(
    'a quotient induction into a type',
    def(
      'd',
      Type,
      app(
        c('Quot.ind', one),
        Nat,
        fn(Nat, fn(Nat, True)),
        fn(app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))), Nat),
      ),
    ),
  ),
  accepted(
    'two types of a block with one index each',
    block([
      [
        'E',
        to(Nat, Prop),
        {
          zero: app(c('E'), nat(0)),
          succ: all(Nat, to(app(c('O'), v(0)), app(c('E'), app(c('Nat.succ'), v(1))))),
        },
      ],
      ['O', to(Nat, Prop), { succ: all(Nat, to(app(c('E'), v(0)), app(c('O'), app(c('Nat.succ'), v(1))))) }],
    ]),
  ),
  refused(
    'two types of a block, one without its index',
    block([
      ['E', to(Nat, Prop), { zero: app(c('E'), nat(0)) }],
      ['O', to(Nat, Prop), { succ: all(Nat, to(app(c('E'), v(0)), c('O'))) }],
    ]),
  ),
];
