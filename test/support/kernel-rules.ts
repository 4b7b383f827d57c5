import type { Declaration } from '../../src/ir/declaration.js';
import { app, bvar, constant, nat, pi, proj, sort, string, type Expr } from '../../src/ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../src/ir/hoas.js';
import { max, one, param, succ, zero } from '../../src/ir/level.js';
import { Nat, Prop, Type } from '../../src/ir/core-constants.js';
import { equal, reflexivity } from '../../src/kernel/base/terms.js';

const u = param('u');
const theorem = (type: Expr, value: Expr, levelParams: string[] = []): Declaration => ({
  kind: 'theorem',
  name: 't',
  levelParams,
  type,
  value,
});
export const isEqual = (a: Expr, b: Expr, type: Expr = Nat): Declaration =>
  theorem(equal(one, type, a, b), reflexivity(one, type, a));
export const call = (name: string, ...args: readonly (number | Expr)[]): Expr =>
  app(constant(name), ...args.map((arg): Expr => (typeof arg === 'number' ? nat(arg) : arg)));
const box = (field: Expr, level = one): Declaration =>
  inductiveType(
    'Box',
    [],
    [],
    () => sort(level),
    (self) => ({ make: forall('field', field, () => self) }),
  );
const withField = (field: (self: Expr) => Expr): Declaration =>
  inductiveType(
    'T',
    [],
    [],
    () => Type,
    (self) => ({ make: forall('field', field(self), () => self) }),
  );
const choice = (fields: Expr, level = zero): Declaration =>
  inductiveType(
    'Choice',
    [],
    [],
    () => sort(level),
    (self) => ({ first: self, second: arrows(fields, self) }),
  );

/** Operations on literals, each with the number that it comes to and one that it does not. */
const computed = (
  [
    ['addition computes', call('Nat.add', 2, 3), 5, 6],
    ['subtraction stops at zero', call('Nat.sub', 2, 3), 0, 1],
    ['multiplication computes', call('Nat.mul', 4, 3), 12, 7],
    ['division by zero is zero', call('Nat.div', 7, 0), 0, 7],
    ['a remainder by zero is the number', call('Nat.mod', 7, 0), 7, 0],
    ['divisors are common', call('Nat.gcd', 12, 18), 6, 3],
    ['powers compute', call('Nat.pow', 2, 70), 1n << 70n, 1n << 71n],
    ['bits are and', call('Nat.land', 12, 10), 8, 14],
    ['bits are or', call('Nat.lor', 12, 10), 14, 8],
    ['bits are told apart', call('Nat.xor', 12, 10), 6, 14],
    ['bits move up', call('Nat.shiftLeft', 3, 4), 48, 3],
    ['bits move down', call('Nat.shiftRight', 48, 4), 3, 48],
    ['logarithms unfold', call('Nat.log2', 9), 3, 4],
  ] as const
).map(([rule, term, good, bad]) => [rule, [isEqual(term, nat(good))], [isEqual(term, nat(bad))]] as const);

/** Rules, each with what keeps it and what just breaks it. */
export const rules: readonly (readonly [
  rule: string,
  good: readonly Declaration[],
  bad: readonly Declaration[],
])[] = [
  ['a value has the declared type', [define('d', [], Nat, nat(1))], [define('d', [], Nat, Type)]],
  ['a type is a type', [define('d', [], Type, Nat)], [define('d', [], nat(1), nat(1))]],
  ['a theorem is of a proposition', [isEqual(nat(1), nat(1))], [theorem(Nat, nat(1))]],
  [
    'a function gets its domain',
    [define('d', [], Nat, call('Nat.succ', 1))],
    [define('d', [], Nat, call('Nat.succ', Type))],
  ],
  [
    'only functions are applied',
    [define('d', [], Nat, call('Nat.pred', 1))],
    [define('d', [], Nat, app(nat(1), nat(1)))],
  ],
  [
    'variables are bound',
    [
      define(
        'd',
        [],
        arrows(Nat, Nat),
        fun('x', Nat, (x) => x),
      ),
    ],
    [define('d', [], Nat, bvar(0))],
  ],
  [
    'level parameters are declared',
    [define('d', ['u'], sort(succ(u)), sort(u))],
    [define('d', [], sort(succ(u)), sort(u))],
  ],
  [
    'level parameters are distinct',
    [define('d', ['u', 'v'], Type, Nat)],
    [define('d', ['u', 'u'], Type, Nat)],
  ],
  [
    'constants get as many levels as they have',
    [define('d', [], sort(succ(one)), sort(one))],
    [define('d', [], Type, constant('Nat', [one]))],
  ],
  [
    'names are declared once',
    [define('d', [], Nat, nat(1)), define('e', [], Nat, nat(1))],
    [define('d', [], Nat, nat(1)), define('d', [], Nat, nat(1))],
  ],
  [
    'names are declared before they are used',
    [define('d', [], Nat, nat(1)), define('e', [], Nat, constant('d'))],
    [define('e', [], Nat, constant('d')), define('d', [], Nat, nat(1))],
  ],
  ['a sort is in the next one', [define('d', [], sort(succ(one)), Type)], [define('d', [], Type, Type)]],
  [
    'levels are compared as numbers',
    [define('d', ['u'], sort(succ(max(u, u))), sort(u))],
    [define('d', ['u', 'v'], sort(succ(max(u, param('v')))), sort(u))],
  ],
  [
    'a let value has its type',
    [define('d', [], Nat, { ...letNat(nat(1)) })],
    [define('d', [], Nat, letNat(Type))],
  ],
  ...computed,
  ['successors are numbers', [isEqual(call('Nat.succ', 4), nat(5))], [isEqual(call('Nat.succ', 4), nat(4))]],
  [
    'strings are lists of characters',
    [
      isEqual(
        call('String.toList', string('')),
        app(constant('List.nil', [zero]), constant('Char')),
        app(constant('List', [zero]), constant('Char')),
      ),
    ],
    [isEqual(string('a'), string('b'), constant('String'))],
  ],
  [
    'proofs are equal',
    [
      theorem(
        equal(zero, constant('True'), constant('True.intro'), constant('True.intro')),
        reflexivity(zero, constant('True'), constant('True.intro')),
      ),
    ],
    [isEqual(constant('Bool.true'), constant('Bool.false'), constant('Bool'))],
  ],
  [
    'functions are equal by eta',
    [
      isEqual(
        fun('x', Nat, (x) => call('Nat.succ', x)),
        constant('Nat.succ'),
        arrows(Nat, Nat),
      ),
    ],
    [
      isEqual(
        fun('x', Nat, (x) => x),
        constant('Nat.succ'),
        arrows(Nat, Nat),
      ),
    ],
  ],
  [
    'fields are there',
    [
      box(Nat),
      define(
        'd',
        [],
        arrows(constant('Box'), Nat),
        fun('b', constant('Box'), (b) => proj('Box', 0, b)),
      ),
    ],
    [
      box(Nat),
      define(
        'd',
        [],
        arrows(constant('Box'), Nat),
        fun('b', constant('Box'), (b) => proj('Box', 1, b)),
      ),
    ],
  ],
  [
    'fields are of the named type',
    [
      box(Nat),
      define(
        'd',
        [],
        arrows(constant('Box'), Nat),
        fun('b', constant('Box'), (b) => proj('Box', 0, b)),
      ),
    ],
    [
      box(Nat),
      define(
        'd',
        [],
        arrows(Nat, Nat),
        fun('b', Nat, (b) => proj('Box', 0, b)),
      ),
    ],
  ],
  [
    'no data comes out of a proof',
    [
      box(constant('True'), zero),
      define(
        'd',
        [],
        arrows(constant('Box'), constant('True')),
        fun('b', constant('Box'), (b) => proj('Box', 0, b)),
      ),
    ],
    [
      box(Nat, zero),
      define(
        'd',
        [],
        arrows(constant('Box'), Nat),
        fun('b', constant('Box'), (b) => proj('Box', 0, b)),
      ),
    ],
  ],
  ['a field fits into the universe', [box(Nat)], [box(Type)]],
  ['a proposition takes fields of any universe', [box(Type, zero)], [box(sort(succ(one)), succ(one))]],
  [
    'occurrences are positive',
    [withField((self) => arrows(Nat, self))],
    [withField((self) => arrows(self, Nat))],
  ],
  [
    'occurrences inside of functions are positive',
    [withField((self) => arrows(Nat, Nat, self))],
    [withField((self) => arrows(arrows(self, Nat), self))],
  ],
  [
    'a constructor makes its type',
    [withField(() => Nat)],
    [
      {
        kind: 'inductive',
        levelParams: [],
        parameters: 0,
        unsafe: false,
        types: [{ name: 'T', type: Type, constructors: [{ name: 'T.make', type: arrows(Nat, Nat) }] }],
      },
    ],
  ],
  [
    'an inductive type is in a sort',
    [withField(() => Nat)],
    [
      {
        kind: 'inductive',
        levelParams: [],
        parameters: 0,
        unsafe: false,
        types: [{ name: 'T', type: Nat, constructors: [] }],
      },
    ],
  ],
  [
    'parameters are bound',
    [
      {
        kind: 'inductive',
        levelParams: [],
        parameters: 1,
        unsafe: false,
        types: [{ name: 'T', type: pi('a', Nat, Type), constructors: [] }],
      },
    ],
    [
      {
        kind: 'inductive',
        levelParams: [],
        parameters: 2,
        unsafe: false,
        types: [{ name: 'T', type: pi('a', Nat, Type), constructors: [] }],
      },
    ],
  ],
  [
    'a proposition with a choice tells nothing',
    [
      choice(Nat),
      define(
        'd',
        [],
        arrows(constant('Choice'), constant('True')),
        fun('c', constant('Choice'), (c) =>
          app(
            constant('Choice.rec'),
            fun('_', constant('Choice'), () => constant('True')),
            constant('True.intro'),
            fun('_', Nat, () => constant('True.intro')),
            c,
          ),
        ),
      ),
    ],
    [
      choice(Nat),
      define(
        'd',
        [],
        arrows(constant('Choice'), Nat),
        fun('c', constant('Choice'), (c) =>
          app(
            constant('Choice.rec', [one]),
            fun('_', constant('Choice'), () => Nat),
            nat(0),
            fun('n', Nat, (n) => n),
            c,
          ),
        ),
      ),
    ],
  ],
  [
    'a recursor computes',
    [
      isEqual(
        app(
          constant('Nat.rec', [one]),
          fun('_', Nat, () => Nat),
          nat(7),
          fun('n', Nat, (n) => fun('ih', Nat, () => n)),
          nat(3),
        ),
        nat(2),
      ),
    ],
    [
      isEqual(
        app(
          constant('Nat.rec', [one]),
          fun('_', Nat, () => Nat),
          nat(7),
          fun('n', Nat, (n) => fun('ih', Nat, () => n)),
          nat(3),
        ),
        nat(7),
      ),
    ],
  ],
  [
    'an opaque constant does not unfold',
    [
      { kind: 'opaque', name: 'o', levelParams: [], type: Nat, value: nat(1), unsafe: false },
      isEqual(constant('o'), constant('o')),
    ],
    [
      { kind: 'opaque', name: 'o', levelParams: [], type: Nat, value: nat(1), unsafe: false },
      isEqual(constant('o'), nat(1)),
    ],
  ],
  [
    'a value of an opaque constant has its type',
    [{ kind: 'opaque', name: 'o', levelParams: [], type: Nat, value: nat(1), unsafe: false }],
    [{ kind: 'opaque', name: 'o', levelParams: [], type: Nat, value: Type, unsafe: false }],
  ],
  [
    'an axiom has a type',
    [{ kind: 'axiom', name: 'a', levelParams: [], type: Prop, unsafe: false }],
    [{ kind: 'axiom', name: 'a', levelParams: [], type: nat(1), unsafe: false }],
  ],
];

function letNat(value: Expr): Expr {
  return app(
    fun('x', Nat, (x) => x),
    value,
  );
}
