/** Inference and definitional equality: functions, lets, proofs, eta, structures, hints, quotients. */
import { app, bvar, letIn, mdata, proj, sort } from '../../../src/ir/expr.js';
import { imax, one, param, succ, zero } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  axiom,
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
  opaque,
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
import { nat } from '../../../src/ir/expr.js';

const n = (value: number | bigint) => nat(value);
const call = (name: string, ...args: Parameters<typeof app>[1][]) => app(c(name), ...args);
const Pair = data('Pair', Type, { mk: to(Nat, Nat, c('Pair')) });
const Unit = data('Unit1', Type, { mk: c('Unit1') });
const pair = call('Pair.mk', n(1), n(2));
const two = def('two', Nat, n(2));
const arrow = to(Nat, Nat);

export const termCases: readonly KernelCase[] = [
  refused('a number as a function', def('d', Nat, app(n(1), n(2)))),
  refused('an argument of another type', def('d', Nat, call('Nat.succ', c('Bool.true')))),
  accepted(
    'an argument whose type needs reduction',
    def('d', Nat, call('Nat.succ', letIn('x', Type, Nat, app(fn(Nat, v(0)), n(1))))),
  ),
  refused('a binder of no type', def('d', arrow, fn(n(1), n(1)))),
  accepted('a function', def('d', arrow, fn(Nat, v(0)))),
  refused('a function of another type', def('d', to(Bool, Nat), fn(Nat, v(0)))),
  refused('a loose variable', def('d', Nat, bvar(0))),
  accepted('a let', def('d', Nat, letIn('x', Nat, n(1), v(0)))),
  refused('a let of another type', def('d', Nat, letIn('x', Nat, c('Bool.true'), v(0)))),
  refused('an unused let of another type', def('d', Nat, letIn('x', Nat, c('Bool.true'), n(1)))),
  refused('an unused let of no type', def('d', Nat, letIn('x', n(1), n(1), n(1)))),
  accepted(
    'a type that depends on a let',
    thm('t', eq(Nat, n(2), n(2)), letIn('x', Nat, n(2), app(fn(eq(Nat, v(0), n(2)), v(0)), refl(Nat, v(0))))),
  ),
  accepted('mdata', def('d', Nat, mdata(n(1)))),
  refused('a constant that is not declared', def('d', Nat, c('nobody'))),
  refused('a constant with too many levels', def('d', Nat, c('Nat.zero', one))),
  refused('a constant with too few levels', def('d', Type, app(c('List'), Nat))),
  accepted(
    'Prop quantifies over anything',
    axiom('a', app(fn(Prop, v(0)), all(sort(param('u')), True)), { levelParams: ['u'] }),
  ),
  refused('Type does not quantify over itself', def('d', Type, all(Type, v(0)))),
  accepted('beta', equation('e', Nat, app(fn(Nat, v(0)), n(3)), n(3))),
  refused('beta that is none', equation('e', Nat, app(fn(Nat, n(4)), n(3)), n(3))),
  accepted('delta', two, equation('e', Nat, c('two'), n(2))),
  accepted(
    'the proof of a theorem is unfolded',
    thm('t', to(True, True), fn(True, v(0))),
    thm(
      's',
      eq(True, app(c('t'), c('True.intro')), c('True.intro'), zero),
      refl(True, c('True.intro'), zero),
    ),
  ),
  refused('an axiom is not unfolded', axiom('a', Nat), equation('e', Nat, c('a'), n(2))),
  accepted(
    'two proofs of a proposition',
    thm('t', all(True, all(True, eq(True, v(1), v(0), zero))), fn(True, fn(True, refl(True, v(1), zero)))),
  ),
  refused(
    'two numbers',
    thm('t', all(Nat, all(Nat, eq(Nat, v(1), v(0)))), fn(Nat, fn(Nat, refl(Nat, v(1))))),
  ),
  accepted(
    'two values of a unit type',
    Unit,
    thm(
      't',
      all(c('Unit1'), all(c('Unit1'), eq(c('Unit1'), v(1), v(0)))),
      fn(c('Unit1'), fn(c('Unit1'), refl(c('Unit1'), v(1)))),
    ),
  ),
  refused(
    'two values of a type with two constructors',
    thm('t', all(Bool, all(Bool, eq(Bool, v(1), v(0)))), fn(Bool, fn(Bool, refl(Bool, v(1))))),
  ),
  refused(
    'two values of a type with a field that is data',
    data('Box1', Type, { mk: to(Nat, c('Box1')) }),
    thm(
      't',
      all(c('Box1'), all(c('Box1'), eq(c('Box1'), v(1), v(0)))),
      fn(c('Box1'), fn(c('Box1'), refl(c('Box1'), v(1)))),
    ),
  ),
  refused(
    'two values of a type with a field that is a proof',
    data('Proof1', Type, { mk: to(True, c('Proof1')) }),
    thm(
      't',
      all(c('Proof1'), all(c('Proof1'), eq(c('Proof1'), v(1), v(0)))),
      fn(c('Proof1'), fn(c('Proof1'), refl(c('Proof1'), v(1)))),
    ),
  ),
  refused(
    'eta for a structure with an index',
    data('At', to(Nat, Type), { mk: to(Nat, app(c('At'), n(0))) }),
    thm(
      't',
      all(app(c('At'), n(0)), eq(app(c('At'), n(0)), v(0), call('At.mk', proj('At', 0, v(0))))),
      fn(app(c('At'), n(0)), refl(app(c('At'), n(0)), v(0))),
    ),
  ),
  accepted(
    'delta from the greater height down',
    two,
    def('three', Nat, call('Nat.succ', c('two')), { hint: 2 }),
    def('four', Nat, call('Nat.succ', c('three')), { hint: 3 }),
    equation('e', Nat, c('four'), call('Nat.succ', call('Nat.succ', c('two')))),
  ),
  accepted(
    'delta against hints that have the heights the wrong way round',
    def('low', arrow, fn(Nat, call('Nat.succ', v(0))), { hint: 9 }),
    def('high', arrow, fn(Nat, call('low', v(0))), { hint: 1 }),
    equation('e', Nat, call('high', n(2)), call('low', n(2))),
  ),
  refused(
    'delta to something else',
    two,
    def('three', Nat, call('Nat.succ', c('two')), { hint: 2 }),
    equation('e', Nat, c('three'), call('Nat.succ', call('Nat.succ', c('two')))),
  ),
  accepted(
    'one function at unlike arguments that it drops',
    def('drop', arrow, fn(Nat, n(5))),
    equation('e', Nat, call('drop', n(1)), call('drop', n(2))),
  ),
  refused(
    'one function at unlike arguments that it keeps',
    def('keep', arrow, fn(Nat, v(0))),
    equation('e', Nat, call('keep', n(1)), call('keep', n(2))),
  ),
  accepted(
    'eta for functions',
    thm('t', all(arrow, eq(arrow, v(0), fn(Nat, app(v(1), v(0))))), fn(arrow, refl(arrow, v(0)))),
  ),
  refused(
    'eta for another function',
    thm('t', all(arrow, eq(arrow, v(0), fn(Nat, app(v(1), n(0))))), fn(arrow, refl(arrow, v(0)))),
  ),
  accepted(
    'eta for structures',
    Pair,
    thm(
      't',
      all(c('Pair'), eq(c('Pair'), v(0), call('Pair.mk', proj('Pair', 0, v(0)), proj('Pair', 1, v(0))))),
      fn(c('Pair'), refl(c('Pair'), v(0))),
    ),
  ),
  refused(
    'eta for structures with fields in another order',
    Pair,
    thm(
      't',
      all(c('Pair'), eq(c('Pair'), v(0), call('Pair.mk', proj('Pair', 1, v(0)), proj('Pair', 0, v(0))))),
      fn(c('Pair'), refl(c('Pair'), v(0))),
    ),
  ),
  refused(
    'eta for a recursive type',
    data('R', Type, { mk: to(c('R'), c('R')) }),
    thm('t', all(c('R'), eq(c('R'), v(0), call('R.mk', proj('R', 0, v(0))))), fn(c('R'), refl(c('R'), v(0)))),
  ),
  accepted(
    'a recursor on a value of a structure',
    Pair,
    thm(
      't',
      all(
        c('Pair'),
        eq(
          Nat,
          app(c('Pair.rec', one), fn(c('Pair'), Nat), fn(Nat, fn(Nat, v(1))), v(0)),
          proj('Pair', 0, v(0)),
        ),
      ),
      fn(c('Pair'), refl(Nat, proj('Pair', 0, v(0)))),
    ),
  ),
  accepted('a projection', Pair, equation('e', Nat, proj('Pair', 1, pair), n(2))),
  refused('a projection of the other field', Pair, equation('e', Nat, proj('Pair', 0, pair), n(2))),
  accepted(
    'K',
    thm(
      't',
      all(
        eq(Nat, n(1), n(1)),
        eq(
          Nat,
          app(c('Eq.rec', one, one), Nat, n(1), fn(Nat, fn(eq(Nat, n(1), v(0)), Nat)), n(5), n(1), v(0)),
          n(5),
        ),
      ),
      fn(eq(Nat, n(1), n(1)), refl(Nat, n(5))),
    ),
  ),
  refused(
    'K at indices that differ',
    thm(
      't',
      all(
        Nat,
        all(
          eq(Nat, n(1), v(0)),
          eq(
            Nat,
            app(c('Eq.rec', one, one), Nat, n(1), fn(Nat, fn(eq(Nat, n(1), v(0)), Nat)), n(5), v(1), v(0)),
            n(5),
          ),
        ),
      ),
      fn(Nat, fn(eq(Nat, n(1), v(0)), refl(Nat, n(5)))),
    ),
  ),
  accepted(
    'a quotient function on a class',
    equation(
      'e',
      Nat,
      app(
        c('Quot.lift', one, one),
        Nat,
        fn(Nat, fn(Nat, False)),
        Nat,
        fn(Nat, v(0)),
        fn(Nat, fn(Nat, fn(False, app(c('False.rec', zero), fn(False, eq(Nat, v(3), v(2))), v(0))))),
        app(c('Quot.mk', one), Nat, fn(Nat, fn(Nat, False)), n(7)),
      ),
      n(7),
    ),
  ),
  refused(
    'a quotient function on another class',
    equation(
      'e',
      Nat,
      app(
        c('Quot.lift', one, one),
        Nat,
        fn(Nat, fn(Nat, False)),
        Nat,
        fn(Nat, v(0)),
        fn(Nat, fn(Nat, fn(False, app(c('False.rec', zero), fn(False, eq(Nat, v(3), v(2))), v(0))))),
        app(c('Quot.mk', one), Nat, fn(Nat, fn(Nat, False)), n(7)),
      ),
      n(8),
    ),
  ),
  accepted(
    'a quotient proof by induction on a class',
    thm(
      't',
      all(app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))), True),
      fn(
        app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))),
        app(
          c('Quot.ind', one),
          Nat,
          fn(Nat, fn(Nat, True)),
          fn(app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))), True),
          fn(Nat, c('True.intro')),
          v(0),
        ),
      ),
    ),
  ),
  refused(
    'a quotient function that does not respect the relation',
    def(
      'd',
      to(app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))), Nat),
      app(
        c('Quot.lift', one, one),
        Nat,
        fn(Nat, fn(Nat, True)),
        Nat,
        fn(Nat, v(0)),
        fn(Nat, fn(Nat, fn(True, refl(Nat, v(2))))),
      ),
    ),
  ),
  refused(
    'a quotient is no other type',
    thm(
      't',
      eq(Type, app(c('Quot', one), Nat, fn(Nat, fn(Nat, True))), Nat, succ(one)),
      refl(Type, Nat, succ(one)),
    ),
  ),
  accepted('sorts of equal level', def('d', sort(succ(succ(imax(one, zero)))), sort(succ(imax(one, zero))))),
  differs(
    'proofs where the sort comes to Prop',
    { strict: 'accepts', old: 'refuses', recent: 'accepts' },
    data('T', sort(imax(one, zero)), {}),
    thm(
      't',
      all(c('T'), all(c('T'), eq(c('T'), v(1), v(0), zero))),
      fn(c('T'), fn(c('T'), refl(c('T'), v(1), zero))),
    ),
  ),
  accepted(
    'an opaque value under equal arguments',
    opaque('o', arrow, fn(Nat, v(0))),
    two,
    equation('e', Nat, call('o', c('two')), call('o', n(2))),
  ),
  refused(
    'an opaque value under other arguments',
    opaque('o', arrow, fn(Nat, v(0))),
    equation('e', Nat, call('o', n(1)), call('o', n(2))),
  ),
];
