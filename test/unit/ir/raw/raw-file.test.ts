import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, bvar, constant, lambda, nat, sort, string, type Expr } from '../../../../src/ir/expr.js';
import { zero } from '../../../../src/ir/level.js';
import { child } from '../../../../src/ir/name.js';
import { rawFile } from '../../../../src/ir/raw/raw-file.js';
import { constructs, sayableCases } from '../../../support/raw-constructs.js';
import { readRaw } from '../../../support/raw-reader.js';

/** The words of each declaration, which tell it from another one. */
function wordsOf(declarations: readonly Declaration[]): number[][] {
  return declarations.map((one) => [...encode([one])]);
}
const define = (value: Expr, name = 'd'): Declaration => ({
  ...{ kind: 'definition', name, levelParams: [], type: constant('Nat'), value, hint: 0, safety: 'safe' },
});

describe('a raw Lean file', () => {
  it('says every construct in the words that are expected', () => {
    const expected = readFileSync(join('test', 'fixtures', 'raw-file.lean'), 'utf8');
    expect(rawFile(constructs)).toBe(expected);
    expect(wordsOf(readRaw(expected))).toEqual(wordsOf(constructs));
  });

  it('says all of the small kernel cases, so that the same words are read', () => {
    for (const declarations of sayableCases)
      expect(wordsOf(readRaw(rawFile(declarations)))).toEqual(wordsOf(declarations));
  });

  it('says names and strings of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }), (one, other) => {
        const name = child('a', one);
        const declarations = [define(nat(1), name), define(app(constant(name), string(other)))];
        expect(wordsOf(readRaw(rawFile(declarations)))).toEqual(wordsOf(declarations));
      }),
    );
  });

  it('writes what is shared once, and ends for terms that no stack holds', () => {
    let wide: Expr = nat(1);
    for (let i = 0; i < 60; i++) wide = app(constant('f'), wide, wide);
    const text = rawFile([define(wide)]);
    expect(text.split('\n').filter((line) => line.startsWith('  let ')).length).toBeLessThan(70);
    // Lean's own bound on nesting is for terms, and each name nests.
    expect(text).toContain('set_option maxRecDepth');
    let deep: Expr = bvar(0);
    for (let i = 0; i < 20_000; i++) deep = lambda('x', sort(zero), deep);
    expect(readRaw(rawFile([define(deep)]))).toHaveLength(1);
  });

  it('names neither itself nor what it asks for like a declaration', () => {
    const declarations = [define(nat(1), 'Raw.x'), define(nat(1), 'a.3')];
    const text = rawFile(declarations);
    expect(text).toContain('namespace Raw_\n');
    expect(text).toContain('let axioms ← collectAxioms (.num `a 3)');
    expect(rawFile(declarations, { constant: 'Raw.x' })).toContain('#print axioms Raw.x\n');
  });

  it('puts Lean text in front, behind the import', () => {
    const text = rawFile([define(nat(1))], { before: 'def a := 1\n' });
    expect(text.indexOf('import Lean\n\ndef a := 1\n\nopen Lean')).toBeGreaterThan(0);
  });
});
