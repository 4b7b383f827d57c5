import { describe, expect, it } from 'vitest';
import { readGrammar } from '../../../../src/generate/grammar/read-grammar.js';
import { SizeTables } from '../../../../src/generate/grammar/sizes.js';
import { isTree, textOf } from '../../../../src/generate/grammar/tree.js';
import { Random } from '../../../../src/util/random.js';

/** Binary trees: of size 2n + 1 there are as many as the n-th Catalan number says. */
const binary = readGrammar('g', [
  ['T', 'l'],
  ['T', '({T}{T})'],
]);

function frequencies(draws: number, draw: () => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const text = draw();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

describe('SizeTables', () => {
  it('knows which sizes there are', () => {
    expect(new SizeTables(binary, 8).sizesOf(0)).toEqual([1, 3, 5, 7]);
    const onlyTwo = readGrammar('g', [
      ['A', 'a{B}'],
      ['B', 'b'],
    ]);
    expect(new SizeTables(onlyTwo, 5).sizesOf(0)).toEqual([2]);
    expect(new SizeTables(onlyTwo, 1).sizesOf(0)).toEqual([]);
  });

  it('draws every tree of a size equally often', () => {
    const tables = new SizeTables(binary, 9);
    const random = Random.of(1);
    const counts = frequencies(14_000, () => textOf(binary, tables.draw(random, 0, 9)));
    expect(counts.size).toBe(14);
    // 1,000 expected of each; five standard deviations are about 155.
    for (const [text, count] of counts) expect(Math.abs(count - 1000), text).toBeLessThan(155);
  });

  it('draws in proportion to the weights', () => {
    const weighted = readGrammar('g', [
      ['A', 'x', 3],
      ['A', 'y'],
      ['A', '{B}', 100],
      ['B', 'z'],
    ]);
    const tables = new SizeTables(weighted, 4);
    const random = Random.of(2);
    const counts = frequencies(4000, () => textOf(weighted, tables.draw(random, 0, 1)));
    expect([...counts.keys()].sort()).toEqual(['x', 'y']); // the heavy rule has no tree of this size
    expect(Math.abs((counts.get('x') ?? 0) - 3000)).toBeLessThan(140);
  });

  it('gives trees of exactly the size that was asked for, far beyond what a double can count', () => {
    const dense = readGrammar('g', [
      ...Array.from({ length: 20 }, (_, i): [string, string] => ['T', `l${i}`]),
      ...Array.from({ length: 20 }, (_, i): [string, string] => ['T', `${i}({T}{T})`]),
    ]);
    const tables = new SizeTables(dense, 801);
    const tree = tables.draw(Random.of(3), 0, 801); // about 10^1100 trees
    expect(tree).toHaveLength(801);
    expect(isTree(dense, tree, 0)).toBe(true);
  });
});
