/**
 * Declarations whose answers are the same in every release that is served (4.26 to 4.36), and follow from the rules of
 * the kernel. They tell whether a library is called as it wants to be, and whether its kernel is in its right mind.
 */
import type { Declaration, Inductive } from '../../ir/declaration.js';
import { app, bvar, constant, fvar, letIn, mvar, nat, proj, sort, string, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { imax, one, param, succ, zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';

/** Declarations in order, the last of which is accepted or refused; those before it are accepted. */
export interface Canary {
  readonly name: string;
  readonly declarations: readonly Declaration[];
  readonly isGood: boolean;
}

const [Prop, Type] = [sort(zero), sort(one)];
const [Nat, Bool, True, False] = ['Nat', 'Bool', 'True', 'False'].map((name) => constant(name)) as [
  Expr,
  Expr,
  Expr,
  Expr,
];
const intro = constant('True.intro');
const u: Level = param('u');

const equal = (type: Expr, a: Expr, b: Expr, level: Level = one): Expr =>
  app(constant('Eq', [level]), type, a, b);
const refl = (type: Expr, a: Expr, level: Level = one): Expr => app(constant('Eq.refl', [level]), type, a);

function axiom(name: Name, type: Expr, levelParams: readonly Name[] = [], unsafe = false): Declaration {
  return { kind: 'axiom', name, levelParams, type, unsafe };
}
function theorem(type: Expr, value: Expr, levelParams: readonly Name[] = []): Declaration {
  return { kind: 'theorem', name: 'canary.t', levelParams, type, value };
}
function definition(type: Expr, value: Expr, levelParams: readonly Name[] = []): Declaration {
  return define('canary.d', levelParams, type, value);
}
/** `a = b`, proved by reflexivity. */
function holds(type: Expr, a: Expr, b: Expr, level: Level = one): Declaration {
  return theorem(equal(type, a, b, level), refl(type, a, level));
}

const Pair = inductiveType(
  'canary.Pair',
  [],
  [],
  () => Type,
  (self) => ({ mk: arrows(Nat, Nat, self) }),
);
const pair = constant('canary.Pair');
const mkPair = (a: Expr, b: Expr): Expr => app(constant('canary.Pair.mk'), a, b);

const Tree = inductiveType(
  'canary.Tree',
  [],
  [],
  () => Type,
  (self) => ({ node: arrows(app(constant('List', [zero]), self), self) }),
);
const Vector = inductiveType(
  'canary.Vec',
  ['u'],
  [['α', () => sort(succ(u))]],
  () => arrows(Nat, sort(succ(u))),
  (self, [a]) => ({
    nil: app(self, constant('Nat.zero')),
    cons: forall('n', Nat, (n) => arrows(a ?? Nat, app(self, n), app(self, app(constant('Nat.succ'), n)))),
  }),
);
const Witness = inductiveType(
  'canary.Witness',
  [],
  [],
  () => Prop,
  (self) => ({ mk: arrows(Nat, self) }),
);
/** Even and odd numbers, each said with the other. */
const evenOdd: Inductive = {
  kind: 'inductive',
  levelParams: [],
  parameters: 0,
  unsafe: false,
  types: (['canary.Even', 'canary.Odd'] as const).map((name, i, names) => ({
    name,
    type: arrows(Nat, Prop),
    constructors: [
      ...(i === 0 ? [{ name: 'canary.Even.zero', type: app(constant(name), nat(0)) }] : []),
      {
        name: `${name}.step`,
        type: forall('n', Nat, (n) =>
          arrows(app(constant(names[1 - i] ?? name), n), app(constant(name), app(constant('Nat.succ'), n))),
        ),
      },
    ],
  })),
};

function type(name: string, of: Expr, constructor: (self: Expr) => Expr): Declaration {
  return inductiveType(
    `canary.${name}`,
    [],
    [],
    () => of,
    (self) => ({ mk: constructor(self) }),
  );
}

/** `n` doubled by recursion. */
const doubled = (n: Expr): Expr =>
  app(
    constant('Nat.rec', [one]),
    fun('_', Nat, () => Nat),
    nat(0),
    fun('_', Nat, () => fun('ih', Nat, (ih) => app(constant('Nat.succ'), app(constant('Nat.succ'), ih)))),
    n,
  );

const good: Record<string, readonly Declaration[]> = {
  'an axiom': [axiom('canary.a', Type)],
  'a polymorphic function': [
    definition(
      forall('α', sort(u), (a) => arrows(a, a)),
      fun('α', sort(u), (a) => fun('x', a, (x) => x)),
      ['u'],
    ),
  ],
  'a proof of True': [theorem(True, intro)],
  'equal literals': [holds(Nat, nat(2), nat(2))],
  'a sum of literals': [holds(Nat, app(constant('Nat.add'), nat(2), nat(3)), nat(5))],
  'a product beyond 64 bits': [
    holds(Nat, app(constant('Nat.mul'), nat(2n ** 64n), nat(2n ** 64n)), nat(2n ** 128n)),
  ],
  beta: [
    holds(
      Nat,
      app(
        fun('x', Nat, (x) => x),
        nat(1),
      ),
      nat(1),
    ),
  ],
  delta: [define('canary.two', [], Nat, nat(2)), holds(Nat, constant('canary.two'), nat(2))],
  zeta: [holds(Nat, letIn('x', Nat, nat(3), bvar(0)), nat(3))],
  eta: [
    axiom('canary.f', arrows(Nat, Nat)),
    holds(
      arrows(Nat, Nat),
      constant('canary.f'),
      fun('x', Nat, (x) => app(constant('canary.f'), x)),
    ),
  ],
  'proof irrelevance': [axiom('canary.p', True), holds(True, constant('canary.p'), intro, zero)],
  'recursion on a literal': [holds(Nat, doubled(nat(3)), nat(6))],
  'a projection': [Pair, holds(Nat, proj('canary.Pair', 1, mkPair(nat(1), nat(2))), nat(2))],
  'structure eta': [
    Pair,
    axiom('canary.q', pair),
    holds(
      pair,
      constant('canary.q'),
      mkPair(proj('canary.Pair', 0, constant('canary.q')), proj('canary.Pair', 1, constant('canary.q'))),
    ),
  ],
  'an indexed family': [Vector],
  'mutual types': [evenOdd],
  'a nested type': [Tree],
  'a positive function field': [type('Branch', Type, (self) => arrows(arrows(Nat, self), self))],
  'data out of True': [
    definition(
      arrows(True, Nat),
      app(
        constant('True.rec', [one]),
        fun('_', True, () => Nat),
        nat(1),
      ),
    ),
  ],
  'levels that are equal': [
    axiom('canary.l', sort(succ(imax(one, u))), ['u']),
    definition(sort(succ(u)), constant('canary.l', [u]), ['u']),
  ],
  'an opaque constant': [
    { kind: 'opaque', name: 'canary.o', levelParams: [], type: Nat, value: nat(2), unsafe: false },
  ],
  'a string': [definition(constant('String'), string('h\u00e9llo'))],
};

const bad: Record<string, readonly Declaration[]> = {
  'a value of another type': [definition(Nat, constant('Bool.true'))],
  'an unknown constant': [definition(Nat, constant('canary.nowhere'))],
  'a name that is taken': [axiom('canary.a', Type), axiom('canary.a', Type)],
  'a level parameter twice': [axiom('canary.a', sort(u), ['u', 'u'])],
  'an undeclared level parameter': [axiom('canary.a', sort(u))],
  'a theorem that is no proposition': [theorem(Nat, nat(1))],
  'a negative occurrence': [type('Neg', Type, (self) => arrows(arrows(self, False), self))],
  'a field in too big a universe': [type('Big', Type, (self) => arrows(Type, self))],
  'a constructor of another type': [type('Other', Type, () => Nat)],
  'too many levels': [definition(Nat, constant('Nat.zero', [one]))],
  'a number that is applied': [definition(Nat, app(nat(1), nat(2)))],
  'a loose bound variable': [definition(Nat, bvar(0))],
  'a free variable': [axiom('canary.a', fvar('x'))],
  'a metavariable': [axiom('canary.a', mvar('x'))],
  'True.intro for False': [theorem(False, intro)],
  'two is three': [theorem(equal(Nat, nat(2), nat(3)), refl(Nat, nat(2)))],
  'large elimination of a proposition with data': [
    Witness,
    definition(
      arrows(constant('canary.Witness'), Nat),
      app(
        constant('canary.Witness.rec', [one]),
        fun('_', constant('canary.Witness'), () => Nat),
        fun('n', Nat, (n) => n),
      ),
    ),
  ],
  'data projected out of a proposition': [
    Witness,
    axiom('canary.w', constant('canary.Witness')),
    definition(Nat, proj('canary.Witness', 0, constant('canary.w'))),
  ],
  'something unsafe in something safe': [
    axiom('canary.a', Nat, [], true),
    definition(Nat, constant('canary.a')),
  ],
  'a let of another type': [definition(Nat, letIn('x', Bool, nat(1), nat(2)))],
  'an argument of another type': [definition(Nat, app(constant('Nat.succ'), constant('Bool.true')))],
  'an opaque constant that is seen through': [
    { kind: 'opaque', name: 'canary.o', levelParams: [], type: Nat, value: nat(2), unsafe: false },
    holds(Nat, constant('canary.o'), nat(2)),
  ],
  'an axiom whose type is no type': [axiom('canary.a', nat(2))],
  'a projection that is not there': [Pair, definition(Nat, proj('canary.Pair', 2, mkPair(nat(1), nat(2))))],
  'Type in Type': [definition(Type, Type)],
};

function listed(table: Record<string, readonly Declaration[]>, isGood: boolean): Canary[] {
  return Object.entries(table).map(([name, declarations]) => ({ name, declarations, isGood }));
}

/** All of them: 22 that are accepted, 25 that are not. */
export const canaries: readonly Canary[] = [...listed(good, true), ...listed(bad, false)];
