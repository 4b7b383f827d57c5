import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../src/ir/declaration.js';
import { arrows, inductiveType } from '../../../src/ir/hoas.js';
import { app, constant, fvar, nat, sort, string, type Expr } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
import { exportNdjson } from '../../../src/kernel/export/ndjson.js';
import { declarations } from '../../support/terms.js';

type Line = Record<string, unknown>;
const metadata = { version: '1.0.0', lean: { version: '4.28.0', githash: 'abc' } };

function linesOf(of: readonly Declaration[]): Line[] {
  const { text } = exportNdjson(of, metadata);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
function define(value: Expr = nat(3n)): Declaration {
  return {
    kind: 'definition',
    name: 'a.f',
    levelParams: [],
    type: constant('Nat'),
    value,
    hint: 1,
    safety: 'safe',
  };
}

const tree = inductiveType(
  'Tree',
  [],
  [],
  () => sort(one),
  (self) => ({
    leaf: self,
    node: arrows(self, self, self),
    many: arrows(arrows(constant('Nat'), self), self),
  }),
);

/** The names of a file, by number. */
function namesIn(lines: readonly Line[]): string[] {
  const names = [''];
  for (const line of lines) {
    const { str } = line as { str?: { pre: number; str: string } };
    if (str !== undefined) names.push(`${names[str.pre] ?? ''}.${str.str}`.replace(/^\./, ''));
  }
  return names;
}
/** The names of definitions that are declared singly, and of inductive types, in order. */
function declaredIn(lines: readonly Line[]): string[] {
  const names = namesIn(lines);
  return lines.flatMap((line) => {
    const { def, inductive } = line as { def?: { name: number }; inductive?: { types: { name: number }[] } };
    const numbers = inductive?.types.map(({ name }) => name) ?? (def === undefined ? [] : [def.name]);
    return numbers.map((name) => names[name] ?? '');
  });
}
function undeclaredIn(lines: readonly Line[]): string[] {
  const names = namesIn(lines);
  const [declared, mentioned] = [new Set<string>(), new Set<string>()];
  for (const line of lines) {
    const {
      const: found,
      inductive,
      ...rest
    } = line as {
      const?: { name: number };
      inductive?: Record<string, { name: number }[]>;
    };
    if (found !== undefined) mentioned.add(names[found.name] ?? '');
    const groups = Object.values(inductive ?? {}).flat();
    const others = Object.values<{ name?: number }>(rest);
    for (const one of 'ie' in line ? [] : [...groups, ...others])
      if (one.name !== undefined) declared.add(names[one.name] ?? '');
  }
  return [...mentioned].filter((name) => !declared.has(name));
}

describe('exportNdjson', () => {
  it('writes what made it first, and everything behind its parts', () => {
    const definition = { ...define(sort(zero)), type: sort(one) } as Declaration;
    expect(linesOf([definition])).toEqual([
      {
        meta: {
          exporter: { name: 'lean-fuzz', version: '1.0.0' },
          lean: { githash: 'abc', version: '4.28.0' },
          format: { version: '3.1.0' },
        },
      },
      { str: { pre: 0, str: 'a' }, in: 1 },
      { str: { pre: 1, str: 'f' }, in: 2 },
      { succ: 0, il: 1 },
      { sort: 1, ie: 0 },
      { sort: 0, ie: 1 },
      {
        def: { name: 2, levelParams: [], type: 0, value: 1, hints: { regular: 1 }, safety: 'safe', all: [2] },
      },
    ]);
  });

  it('writes what is needed of the core before it is mentioned', () => {
    const { text, incomplete } = exportNdjson([define(app(constant('Nat.add'), nat(1n), nat(2n)))], metadata);
    const declared = text.split('\n').filter((line) => /^\{"(inductive|def)"/.test(line));
    expect(declared.map((line) => line.slice(0, 12))).toEqual([
      '{"inductive"',
      '{"def":{"nam',
      '{"def":{"nam',
    ]);
    expect(incomplete).toEqual([]);
    expect(exportNdjson([define()], metadata).incomplete).toEqual([]);
  });

  it('numbers without gaps, and shares what is equal', () => {
    const lines = linesOf([...Object.values(declarations), tree]);
    for (const [key, first] of [
      ['in', 1],
      ['il', 1],
      ['ie', 0],
    ] as const) {
      const numbers = lines.flatMap((line) => (key in line ? [line[key]] : []));
      expect(numbers).toEqual(numbers.map((_, i) => i + first));
    }
  });

  it('refers only backwards', () => {
    let defined = 0;
    for (const line of linesOf([tree, define(app(constant('Nat.succ'), nat(1n)))])) {
      const { app: pair, lam, forallE } = line as Record<string, Record<string, number> | undefined>;
      for (const node of [pair, lam, forallE])
        for (const key of ['fn', 'arg', 'type', 'body'])
          if (node?.[key] !== undefined) expect(node[key]).toBeLessThan(defined);
      if ('ie' in line) defined++;
    }
    expect(defined).toBeGreaterThan(10);
  });

  it('gives an inductive type its recursor with one rule per constructor', () => {
    const line = linesOf([tree]).findLast((l) => 'inductive' in l);
    expect(line?.['inductive']).toMatchObject({
      types: [{ isRec: true, isReflexive: true, numParams: 0, numIndices: 0 }],
      ctors: [
        { cidx: 0, numFields: 0 },
        { cidx: 1, numFields: 2 },
        { cidx: 2, numFields: 1 },
      ],
      recs: [{ numMotives: 1, numMinors: 3, rules: [{ nfields: 0 }, { nfields: 2 }, { nfields: 1 }] }],
    });
  });

  it('gives each level parameter a line of its own, whether a term uses it or not', () => {
    const lines = linesOf([
      { ...define(sort(zero)), type: sort(one), levelParams: ['u', 'v'] } as Declaration,
    ]);
    expect(lines.filter((line) => 'param' in line)).toHaveLength(2);
  });

  it('declares everything that it mentions, what literals and quotients need included', () => {
    const quot = app(constant('Quot.lift', [one, one]), constant('Nat'));
    for (const value of [string('ab'), quot, constant('Nat.land'), constant('Classical.choice', [one])])
      expect(undeclaredIn(linesOf([define(value)]))).toEqual([]);
    expect(undeclaredIn(linesOf([define(constant('nowhere'))]))).toEqual(['nowhere']);
  });

  it('writes quotients as four constants behind Eq', () => {
    const kinds = linesOf([{ kind: 'quotient' }]).flatMap((line) => {
      const declared = line as { quot?: { kind: string }; inductive?: object };
      if (declared.quot !== undefined) return [declared.quot.kind];
      return declared.inductive === undefined ? [] : ['inductive'];
    });
    expect(kinds).toEqual(['inductive', 'type', 'ctor', 'lift', 'ind']);
  });

  it('leaves a name to those who declare it, unless they mention it before', () => {
    const own = { ...define(), name: 'Nat.add' } as Declaration;
    expect(declaredIn(linesOf([own, define(constant('Nat.add'))]))).toEqual(['Nat', 'Nat.add', 'a.f']);
    expect(declaredIn(linesOf([define(constant('Nat.add')), own]))).toEqual([
      'Nat',
      'Nat.add',
      'a.f',
      'Nat.add',
    ]);
  });

  it('says what is missing', () => {
    const { incomplete } = exportNdjson([define(fvar('x')), define(constant('no.where'))], metadata);
    expect(incomplete).toEqual([
      'only mentioned: _fvar.x, no.where',
      expect.stringContaining('a free variable'),
    ]);
  });
});
