import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../src/ir/declaration.js';
import { encode } from '../../../src/ir/encode.js';
import { abstractAll, instantiateAll, lift, mentionsLoose } from '../../../src/ir/expr-ops.js';
import {
  app,
  bvar,
  constant,
  fvar,
  lambda,
  letIn,
  mdata,
  pi,
  proj,
  sameExpr,
  sort,
  type Expr,
} from '../../../src/ir/expr.js';
import { declarationFrom } from '../../../src/ir/from-value.js';
import { instantiateLevels } from '../../../src/ir/instantiate-levels.js';
import { hashLevel, imax, levelSize, max, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { mentionedLevelParams, mentionedNames } from '../../../src/ir/mentioned.js';
import { printLevel } from '../../../src/ir/print-level.js';
import { asLean, listing } from '../../../src/ir/print.js';
import { renameBound } from '../../../src/ir/rename-bound.js';
import { renameConstants } from '../../../src/ir/rename.js';
import { sameLevel } from '../../../src/ir/same-level.js';
import { simplifyLevel } from '../../../src/ir/simplify-level.js';
import { mentionsBelow, smallerForms, smallerLevels } from '../../../src/ir/smaller.js';
import { substituteLevel } from '../../../src/ir/substitute-level.js';
import { exportNdjson } from '../../../src/kernel/export/ndjson.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { equalLevels, isNeverZero, levelAtMost } from '../../../src/kernel/level-order.js';
import { instantiateLevels as instantiateInKernel } from '../../../src/kernel/levels/instantiate.js';
import { tries } from '../../support/long-form.js';
import { faithful, strict } from '../../../src/kernel/mode.js';

/** Deeper than any stack, and so many that nobody waits for the square of it. */
const depth = tries(20_000, 200_000);

function nested<T>(first: T, around: (inner: T, at: number) => T): T {
  let result = first;
  for (let i = 0; i < depth; i++) result = around(result, i);
  return result;
}

const u = param('u');
const v = param('v');
const either = (i: number): Level => (i % 2 === 0 ? u : v);

const levels: Readonly<Record<string, () => Level>> = {
  'a row of successors': () => succ(u, depth),
  'maxima on the left': () => nested(u, (l, i) => max(l, either(i))),
  'maxima on the right': () => nested(u, (l, i) => max(either(i), l)),
  'imax on the left': () => nested(u, (l, i) => imax(l, either(i))),
  'imax on the right': () => nested(u, (l, i) => imax(either(i), l)),
  'successors and maxima': () => nested(u, (l) => max(succ(l), v)),
  'maxima of the same twice': () => nested(u, (l) => max(l, l)),
};

const Prop = sort(zero);
const c = constant('c', [u]);
const inner: Expr = bvar(0);

const exprs: Readonly<Record<string, () => Expr>> = {
  'applications on the left': () => nested<Expr>(c, (e, i) => app(e, bvar(i % 3))),
  'applications on the right': () => nested(inner, (e) => app(c, e)),
  'functions of functions': () => nested(inner, (e) => lambda('x', Prop, e)),
  'function types in bodies': () => nested(inner, (e) => pi('x', Prop, e)),
  'function types in domains': () => nested(inner, (e) => pi('x', e, bvar(1))),
  'lets in bodies': () => nested(inner, (e) => letIn('x', Prop, c, e)),
  'lets in values': () => nested(inner, (e) => letIn('x', Prop, e, bvar(1))),
  projections: () => nested(inner, (e) => proj('S', 0, e)),
  notes: () => nested(inner, (e) => mdata(e)),
  'free variables': () => nested(fvar('f'), (e) => app(c, e)),
  'applications to themselves': () => nested<Expr>(c, (e) => app(e, e)),
};

const axiom = (type: Expr): Declaration => ({
  kind: 'axiom',
  name: 'a',
  levelParams: ['u', 'v'],
  type,
  unsafe: false,
});

describe('levels that no stack holds', () => {
  it.each(Object.entries(levels))('%s', (_, build) => {
    const level = build();
    const twin = build();
    expect(sameLevel(level, twin)).toBe(true);
    expect(hashLevel(level)).toBe(hashLevel(twin));
    expect(levelSize(level)).toBeGreaterThan(1);
    const replaced = substituteLevel(level, new Map([['u', v]]));
    expect(sameLevel(replaced, level)).toBe(false);
    expect(mentionedLevelParams(axiom(sort(replaced)))).toEqual(new Set(['v']));
    expect(instantiateInKernel(sort(level), ['u', 'v'], [zero, zero])).toBeDefined();
    expect(equalLevels(level, simplifyLevel(level))).toBe(true);
    expect(levelAtMost(level, succ(twin))).toBe(true);
    expect(levelAtMost(succ(level), twin)).toBe(false);
    expect(isNeverZero(succ(level))).toBe(true);
    expect(smallerLevels(level).length).toBeGreaterThan(0);
    expect(printLevel(level)).toMatch(/^(…|u \+ \d+)$/);
    const renamed = renameBound(axiom(sort(level)), (name) => `${name}1`);
    expect(mentionedLevelParams(renamed).has('u1')).toBe(true);
    expect(listing([axiom(sort(level))])).toContain('axiom a');
    for (const mode of [strict, faithful('4.35.0')])
      expect(new Kernel(mode).add(axiom(sort(level)))).toEqual({ kind: 'accepts' });
    const exported = exportNdjson([axiom(sort(level))], metadata);
    expect(exported.incomplete).toEqual([]);
  });

  it('are not written where a shared one has more nodes than words', () => {
    expect(() => encode([axiom(sort(nested(u, (l) => max(l, l))))])).toThrow(RangeError);
  });

  it('are refused as values, also where they share everything', () => {
    let level: unknown = { kind: 'zero' };
    for (let i = 0; i < 150; i++) level = { kind: 'max', left: level, right: level };
    const of = (one: unknown): unknown => ({ ...axiom(Prop), type: { kind: 'sort', level: one } });
    expect(declarationFrom(of(level)).kind).toBe('axiom');
    expect(() => declarationFrom(of(succ(zero, depth)))).toThrow(/nested deeper/);
  });
});

const metadata = { version: '0', lean: { version: '4.35.0', githash: '' } };

describe('terms that no stack holds', () => {
  it.each(Object.entries(exprs))('%s', (_, build) => {
    const expr = build();
    expect(sameExpr(expr, build())).toBe(true);
    const closed = instantiateAll(expr, [c, Prop]);
    expect(closed.looseRange).toBeLessThanOrEqual(1);
    expect(lift(expr, 2).looseRange).toBeGreaterThanOrEqual(expr.looseRange);
    expect(mentionsLoose(expr, 5)).toBe(false);
    expect(mentionsBelow(expr, 1)).toBe(mentionsLoose(expr, 0));
    expect(abstractAll(expr, ['f', 'g'])).toBeDefined();
    const mentioned = mentionedNames(axiom(expr)).has('c');
    expect(mentionedNames(axiom(renameConstants(expr, new Map([['c', 'd']])))).has('d')).toBe(mentioned);
    for (const instantiated of [instantiateLevels(expr, ['u'], [v]), instantiateInKernel(expr, ['u'], [v])])
      expect(mentionedLevelParams(axiom(instantiated)).has('u')).toBe(false);
    expect(renameBound(axiom(expr), (name) => `${name}1`)).toBeDefined();
    expect(smallerForms(expr).length).toBeGreaterThan(0);
    expect(listing([axiom(expr)])).toContain('…');
    expect(asLean(axiom(expr))).toBeUndefined();
    expect(encode([axiom(expr)]).length).toBeGreaterThan(depth);
    // Whether accepted, refused or no answer: there is one, and soon.
    for (const mode of [strict, faithful('4.35.0')])
      expect(new Kernel(mode).add(axiom(closed)).kind).toMatch(/accepts|refuses|noAnswer/);
  });
});
