import { describe, expect, it } from 'vitest';
import { readUnits, RefusedUnits } from '../../../../src/generate/custom/read-units.js';
import type { Given } from '../../../../src/generate/custom/protocol.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, constant, fvar, type Expr } from '../../../../src/ir/expr.js';
import { zero } from '../../../../src/ir/level.js';
import { expectClosed } from '../../../support/candidates.js';
import { unit } from '../../../support/fakes.js';
import { declarations, theorem } from '../../../support/terms.js';

const words = encode([theorem(constant('x'))]);

function changed(index: number, value: number): Uint32Array {
  return words.map((word, i) => (i === index ? value : word));
}

describe('readUnits at source level', () => {
  it('describes new texts and leaves known ones as they were', () => {
    const known = unit({ text: 'def old := 1', declares: ['old'], expected: 'accept' });
    const units = readUnits('source', [0, 'theorem t : old = 1 := rfl'], [known]);
    expect(units).toMatchObject([
      { expected: 'accept' },
      { kind: 'theorem', declares: ['t'], uses: ['old'] },
    ]);
    expectClosed(units);
  });

  it.each<[string, readonly unknown[], string]>([
    ['no units', [], '0 units'],
    ['too many', Array.from({ length: 500 }, () => 'def x := 1'), '500 units'],
    ['an empty text', ['def a := 1', ' \n'], 'unit 1'],
    ['too long a text', ['x'.repeat(200_000)], 'unit 0: a text of 200000 characters'],
    ['words', [words], 'a declaration, at source level'],
    ['an index that nothing has', [7], 'number 7 of 0'],
    ['an index that is none', [0.5], 'number 0.5 of 0'],
    ['nothing', [undefined], 'undefined, at source level'],
  ])('refuses %s', (_, given, message) => {
    expect(() => readUnits('source', given as Given[], [])).toThrow(RefusedUnits);
    expect(() => readUnits('source', given as Given[], [])).toThrow(message);
  });
});

describe('readUnits at kernel level', () => {
  it('describes new declarations by their trees', () => {
    const first = {
      kind: 'theorem',
      name: 'a',
      levelParams: [],
      type: constant('True'),
      value: constant('b'),
    } as const;
    const units = readUnits('kernel', [encode([first]), encode([theorem(constant('a'))])], []);
    expect(units).toMatchObject([
      { kind: 'theorem', declares: ['a'], uses: [], expected: 'any' },
      { kind: 'theorem', declares: ['t'], uses: ['a'] },
    ]);
    expectClosed(units);
  });

  it('keeps nothing of the memory that it was given', () => {
    const given = words.slice();
    const [read] = readUnits('kernel', [given], []);
    given.fill(0);
    expect(read).toMatchObject({ words });
  });

  let huge: Expr = constant('x');
  for (let i = 0; i < 40; i++) huge = app(huge, huge);

  it.each<[string, readonly unknown[], string]>([
    ['a text', ['def x := 1'], 'a text, at kernel level'],
    ['an array that is no typed one', [[...words]], 'object, at kernel level'],
    ['empty words', [new Uint32Array(0)], 'the words end'],
    ['another version', [changed(0, 9)], 'version 9'],
    ['an unknown tag', [changed(words.length - 3, 99)], 'unknown'],
    ['an index out of range', [changed(words.length - 1, 7)], 'levels in what is left'],
    ['words that end too soon', [words.slice(0, -1)], 'the words end'],
    ['words behind the end', [Uint32Array.of(...words, 0)], 'words too many'],
    ['no declaration', [encode([])], '0 declarations'],
    ['two declarations', [encode([theorem(zeroExpr()), theorem(zeroExpr(), 'u')])], '2 declarations'],
    ['too many words', [new Uint32Array(60_000)], 'at most 50000'],
    ['more nodes than one could write', [encode([theorem(huge)])], 'nodes when written out'],
    ['an axiom', [encode([axiom()])], 'an axiom'],
    ['a variable whose name is none', [encode([theorem(fvar('«a'))])], 'no name'],
    ['a name that is none', [encode([theorem(constant('«a'))])], 'no name'],
  ])('refuses %s', (_, given, message) => {
    expect(() => readUnits('kernel', given as Given[], [])).toThrow(RefusedUnits);
    expect(() => readUnits('kernel', given as Given[], [])).toThrow(message);
  });
});

function zeroExpr(): Expr {
  return constant('x', [zero]);
}

function axiom() {
  const declaration = declarations['axiom'];
  if (declaration === undefined) throw new Error('no axiom');
  return declaration;
}
