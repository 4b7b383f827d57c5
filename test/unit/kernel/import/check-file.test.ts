import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { app, bvar, constant, nat, pi, proj, sort, string, type Expr } from '../../../../src/ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../../../src/ir/hoas.js';
import { max, one, param, succ, zero } from '../../../../src/ir/level.js';
import { baseDeclarations } from '../../../../src/kernel/base/declarations.js';
import { equal, Nat, Prop, reflexivity, Type } from '../../../../src/kernel/base/terms.js';
import { checked, exported } from '../../../support/ndjson-file.js';

const u = param('u');
const theorem = (type: Expr, value: Expr, levelParams: string[] = []): Declaration => ({
  kind: 'theorem',
  name: 't',
  levelParams,
  type,
  value,
});
const isEqual = (a: Expr, b: Expr, type = Nat): Declaration =>
  theorem(equal(one, type, a, b), reflexivity(one, type, a));
const call = (name: string, ...args: readonly (number | Expr)[]): Expr =>
  app(constant(name), ...args.map((arg) => (typeof arg === 'number' ? nat(arg) : arg)));
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

/** Rules, each with what keeps it and what just breaks it. */
const rules: readonly (readonly [rule: string, good: readonly Declaration[], bad: readonly Declaration[]])[] =
  [
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
      [define('d', [], sort(succ(one)), constant('List', [one]) && sort(one))],
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
    ['addition computes', [isEqual(call('Nat.add', 2, 3), nat(5))], [isEqual(call('Nat.add', 2, 3), nat(6))]],
    [
      'subtraction stops at zero',
      [isEqual(call('Nat.sub', 2, 3), nat(0))],
      [isEqual(call('Nat.sub', 2, 3), nat(1))],
    ],
    [
      'multiplication computes',
      [isEqual(call('Nat.mul', 4, 3), nat(12))],
      [isEqual(call('Nat.mul', 4, 3), nat(7))],
    ],
    [
      'division by zero is zero',
      [isEqual(call('Nat.div', 7, 0), nat(0))],
      [isEqual(call('Nat.div', 7, 0), nat(7))],
    ],
    [
      'a remainder by zero is the number',
      [isEqual(call('Nat.mod', 7, 0), nat(7))],
      [isEqual(call('Nat.mod', 7, 0), nat(0))],
    ],
    [
      'divisors are common',
      [isEqual(call('Nat.gcd', 12, 18), nat(6))],
      [isEqual(call('Nat.gcd', 12, 18), nat(3))],
    ],
    [
      'powers compute',
      [isEqual(call('Nat.pow', 2, 70), nat(1n << 70n))],
      [isEqual(call('Nat.pow', 2, 70), nat(1n << 71n))],
    ],
    [
      'bits are and',
      [isEqual(call('Nat.land', 12, 10), nat(8))],
      [isEqual(call('Nat.land', 12, 10), nat(14))],
    ],
    ['bits are or', [isEqual(call('Nat.lor', 12, 10), nat(14))], [isEqual(call('Nat.lor', 12, 10), nat(8))]],
    [
      'bits are told apart',
      [isEqual(call('Nat.xor', 12, 10), nat(6))],
      [isEqual(call('Nat.xor', 12, 10), nat(14))],
    ],
    [
      'bits move up',
      [isEqual(call('Nat.shiftLeft', 3, 4), nat(48))],
      [isEqual(call('Nat.shiftLeft', 3, 4), nat(3))],
    ],
    [
      'bits move down',
      [isEqual(call('Nat.shiftRight', 48, 4), nat(3))],
      [isEqual(call('Nat.shiftRight', 48, 4), nat(48))],
    ],
    ['logarithms unfold', [isEqual(call('Nat.log2', 9), nat(3))], [isEqual(call('Nat.log2', 9), nat(4))]],
    [
      'successors are numbers',
      [isEqual(call('Nat.succ', 4), nat(5))],
      [isEqual(call('Nat.succ', 4), nat(4))],
    ],
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

describe('a file', () => {
  it.each(rules)('is accepted where %s', (_, good) => {
    expect(checked(exported(good)).answer).toEqual({ kind: 'accepts' });
  });

  it.each(rules)('is rejected at the line that breaks it: %s', (_, __, bad) => {
    const lines = exported(bad);
    const { answer, line } = checked(lines);
    expect(answer.kind).toBe('refuses');
    expect(lines[line - 1]).toMatch(/^\{"(def|thm|opaque|axiom|inductive)"/);
  });

  it('may be the whole base environment', () => {
    const { answer, axioms } = checked(exported(baseDeclarations));
    expect(['accepts', 'noAnswer']).toContain(answer.kind);
    if (answer.kind === 'accepts') expect(axioms).toEqual(['propext', 'Classical.choice', 'Quot.sound']);
  });

  it('may declare only axioms that are permitted', () => {
    const lines = exported([{ kind: 'axiom', name: 'a', levelParams: [], type: Prop, unsafe: false }]);
    expect(checked(lines, { permittedAxioms: new Set(['a']) })).toMatchObject({
      answer: { kind: 'accepts' },
      axioms: ['a'],
    });
    expect(checked(lines, { permittedAxioms: new Set(['b']) }).answer).toEqual({
      kind: 'refuses',
      why: 'the axiom a is not permitted',
    });
  });

  it('has no answer where the steps do not suffice', () => {
    const lines = exported([isEqual(call('Nat.log2', 1 << 20), nat(20))]);
    expect(checked(lines, { steps: 100 }).answer.kind).toBe('noAnswer');
  });
});

type Json = Record<string, unknown>;

/** The last inductive declaration of a file, changed. */
function lying(lines: readonly string[], change: (inductive: Record<string, Json[]>) => void): string[] {
  const at = lines.findLastIndex((line) => line.startsWith('{"inductive"'));
  const line = JSON.parse(lines[at] ?? '') as { inductive: Record<string, Json[]> };
  change(line.inductive);
  return lines.map((text, i) => (i === at ? JSON.stringify(line) : text));
}

describe('what a kernel derives', () => {
  const tree = inductiveType(
    'Tree',
    [],
    [['α', () => Type]],
    () => Type,
    (self, [a]) => ({ leaf: self, node: arrows(self, a ?? Nat, self, self) }),
  );
  const lines = exported([tree]);
  const first = (group: string, key: string, value: unknown) => (inductive: Record<string, Json[]>) => {
    const [item] = inductive[group] ?? [];
    if (item !== undefined) item[key] = value;
  };
  const lies: readonly (readonly [string, (inductive: Record<string, Json[]>) => void])[] = [
    ['numParams', first('types', 'numParams', 0)],
    ['numIndices', first('types', 'numIndices', 1)],
    ['numNested', first('types', 'numNested', 1)],
    ['isRec', first('types', 'isRec', false)],
    ['isReflexive', first('types', 'isReflexive', true)],
    ['isUnsafe of the type', first('types', 'isUnsafe', true)],
    ['all', first('types', 'all', [])],
    ['ctors', first('types', 'ctors', [])],
    ['cidx', first('ctors', 'cidx', 1)],
    ['numParams of a constructor', first('ctors', 'numParams', 0)],
    ['numFields', first('ctors', 'numFields', 1)],
    ['induct', first('ctors', 'induct', 0)],
    ['isUnsafe of a constructor', first('ctors', 'isUnsafe', true)],
    ['numParams of the recursor', first('recs', 'numParams', 0)],
    ['numIndices of the recursor', first('recs', 'numIndices', 1)],
    ['numMotives', first('recs', 'numMotives', 2)],
    ['numMinors', first('recs', 'numMinors', 1)],
    ['k', first('recs', 'k', true)],
    ['isUnsafe of the recursor', first('recs', 'isUnsafe', true)],
    ['all of the recursor', first('recs', 'all', [])],
    ['levels of the recursor', first('recs', 'levelParams', [])],
    ['type of the recursor', first('recs', 'type', 0)],
    ['no rules', first('recs', 'rules', [])],
    ['no recursors', (inductive) => (inductive['recs'] = [])],
    ['a recursor twice', (inductive) => inductive['recs']?.push(...inductive['recs'])],
    ['a constructor twice', (inductive) => inductive['ctors']?.push(...inductive['ctors'])],
    ['no constructors', (inductive) => (inductive['ctors'] = [])],
    ['no types', (inductive) => (inductive['types'] = [])],
    ['a rule of other fields', (inductive) => change(inductive, 'nfields', 3)],
    ['a rule that makes something else', (inductive) => change(inductive, 'rhs', 0)],
    ['a rule for another constructor', (inductive) => change(inductive, 'ctor', 0)],
  ];
  function change(inductive: Record<string, Json[]>, key: string, value: unknown): void {
    const rules = inductive['recs']?.[0]?.['rules'] as Json[] | undefined;
    if (rules?.[0] !== undefined) rules[0][key] = value;
  }

  it('agrees with what we write', () => {
    expect(checked(lines).answer).toEqual({ kind: 'accepts' });
  });

  it.each(lies)('is compared, not believed: %s', (_, lie) => {
    const told = lying(lines, lie);
    expect(told).not.toEqual(lines);
    const { answer, line } = checked(told);
    expect(answer.kind).toBe('refuses');
    expect(told[line - 1]).toMatch(/^\{"inductive"/);
  });
});
