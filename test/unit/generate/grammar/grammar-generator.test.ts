import { describe, expect, it } from 'vitest';
import { GrammarFailure, GrammarGenerator } from '../../../../src/generate/grammar/grammar-generator.js';
import {
  changeRule,
  repeatRecursion,
  replaceSubtree,
  spliceSubtree,
} from '../../../../src/generate/grammar/mutate-tree.js';
import { readGrammar } from '../../../../src/generate/grammar/read-grammar.js';
import { SizeTables } from '../../../../src/generate/grammar/sizes.js';
import { isTree, textOf } from '../../../../src/generate/grammar/tree.js';
import { makeCandidate } from '../../../../src/generate/schedule.js';
import { contentId } from '../../../../src/share/entry-codec.js';
import { WorkerCorpus } from '../../../../src/share/corpus.js';
import { Random } from '../../../../src/util/random.js';
import { entry } from '../../../support/fakes.js';
import { leanTextOf } from '../../../../src/ir/unit/unit.js';

const nested = readGrammar('g', [
  ['S', '{D}'],
  ['S', '{D}\n{S}'],
  ['D', 'def f := {T}'],
  ['T', 'x'],
  ['T', '({T} {T})'],
  ['T', '[{T}]'],
]);
const depth = 20;
const sizes = new SizeTables(nested, depth);

describe.each([
  ['random', replaceSubtree],
  ['rules', changeRule],
  ['recursive', repeatRecursion],
  ['splice', spliceSubtree],
])('the %s mutation', (_, mutation) => {
  const random = Random.of(5);
  const draws = Array.from({ length: 300 }, () => {
    const [tree = [], other] = [1, 2].map(() => sizes.draw(random, 0, random.pick(sizes.sizesOf(0))));
    return { tree, mutated: mutation(tree, { grammar: nested, sizes, random, other }) };
  });

  it('gives whole trees of the grammar within their bound, and leaves the parent alone', () => {
    for (const { tree, mutated } of draws) {
      expect(isTree(nested, tree, 0)).toBe(true);
      if (mutated === undefined) continue;
      expect(isTree(nested, mutated, 0), textOf(nested, mutated)).toBe(true);
      expect(mutated.length).toBeLessThanOrEqual(4 * depth);
    }
  });

  it('changes something most of the time', () => {
    const changed = draws.filter(({ tree, mutated }) => mutated && mutated.join() !== tree.join());
    expect(changed.length).toBeGreaterThan(100);
  });
});

describe('repeatRecursion', () => {
  it('repeats what lies between a node and one of its kind below it', () => {
    const bracketed = [0, 2, 5, 3]; // [x]
    const made = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const context = { grammar: nested, sizes, random: Random.of(seed), other: undefined };
      made.add(textOf(nested, repeatRecursion(bracketed, context) ?? []));
    }
    expect(made).toContain('def f := [[x]]');
    expect(made).toContain('def f := [[[x]]]');
  });
});

function generator(grammar = nested, ofDepth = depth): GrammarGenerator {
  return new GrammarGenerator(grammar, 'g.json', ofDepth);
}

describe('GrammarGenerator', () => {
  it('draws sizes uniformly from those up to the depth', () => {
    const made = generator();
    const random = Random.of(9);
    const possible = sizes.sizesOf(0); // 3 to 20
    const counts = new Map(possible.map((size) => [size, 0]));
    for (let i = 0; i < 200 * possible.length; i++) {
      const size = made.treeOf(made.fresh(random))?.length ?? 0;
      counts.set(size, (counts.get(size) ?? 0) + 1);
    }
    expect([...counts.keys()]).toEqual(possible);
    for (const [size, count] of counts) expect(Math.abs(count - 200), `size ${size}`).toBeLessThan(75);
  });

  it('splits a text into declarations and keeps its tree', () => {
    const made = generator();
    const units = made.fresh(Random.of(4));
    const tree = made.treeOf(units) ?? [];
    expect(units.slice(1).map(leanTextOf)).toEqual(textOf(nested, tree).split('\n'));
    expect(units[0]?.kind).toBe('options');
  });

  it('never reads a tree of another grammar', () => {
    const other = readGrammar('g', [
      ['S', 'a'],
      ['S', 'b{S}'],
    ]);
    expect(generator(other).treeOf(generator().fresh(Random.of(4)))).toBeUndefined();
  });

  it('refuses a depth below the smallest tree', () => {
    expect(() => generator(nested, 2)).toThrow('--depth: got "2", expected at least');
  });

  it('mutates trees in a campaign, again and again, and repeats itself for a seed', () => {
    const campaign = (): string[] => {
      const grammar = generator();
      const corpus = new WorkerCorpus();
      return Array.from({ length: 300 }, (_, run) => {
        const candidate = makeCandidate({ seed: 3, depth, level: 'source', grammar }, run, corpus);
        expect(grammar.treeOf(candidate.units)).toBeDefined();
        corpus.add(entry({ id: contentId(candidate), candidate }));
        return `${candidate.lineage.mutators.join()} ${contentId(candidate)}`;
      });
    };
    const first = campaign();
    expect(campaign()).toEqual(first);
    const used = new Set(first.map((line) => line.split(' ')[0]));
    expect(used).toEqual(new Set(['', 'tree-random', 'tree-rules', 'tree-recursive', 'tree-splice']));
  });
});

describe('a script', () => {
  const failing = (script: (text: string) => string, millis?: number): GrammarGenerator => {
    const rules = [{ nonterminal: 'S', children: ['A'], script }, ['A', 'def f := 1'], ['A', 'def g := 2']];
    return new GrammarGenerator(readGrammar('g.json', rules), 'g.json', depth, millis);
  };

  it('that fails on some trees costs these trees only', () => {
    const made = failing((text) => {
      if (text.includes('f :=')) throw new Error('no f');
      return text;
    });
    const texts = [1, 2, 3]
      .map((seed) => made.fresh(Random.of(seed)))
      .map(([, unit]) => unit && leanTextOf(unit));
    expect(texts).toEqual(['def g := 2', 'def g := 2', 'def g := 2']);
  });

  it.each<[string, (text: string) => string, string]>([
    [
      'throws',
      () => {
        throw new Error('never');
      },
      'never',
    ],
    ['returns no text', () => 7 as unknown as string, 'a script returned number'],
  ])('that always %s fails each candidate, and no other', (_, script, word) => {
    const made = failing(script);
    for (let run = 0; run < 30; run++) {
      expect(() => made.fresh(Random.of(run))).toThrow(GrammarFailure);
      expect(() => made.fresh(Random.of(run))).toThrow(`grammar g.json: a script failed: ${word}`);
    }
  });

  it('that hangs is stopped', () => {
    const hang = (): string => {
      for (;;);
    };
    expect(() => failing(hang, 20).fresh(Random.of(1))).toThrow(/a script failed: .*timed out/);
  });
});
