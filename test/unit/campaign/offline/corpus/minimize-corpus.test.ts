import { describe, expect, it } from 'vitest';
import { corpusStatistics } from '../../../../../src/campaign/offline/corpus/corpus-statistics.js';
import { minimizeCorpus } from '../../../../../src/campaign/offline/corpus/minimize-corpus.js';
import type { Shown, Stored } from '../../../../../src/campaign/offline/corpus/open-corpus.js';
import { Random } from '../../../../../src/util/random.js';
import { candidate, entry } from '../../../../support/fakes.js';

function stored(number: number, features: readonly number[], bytes = 10, mutators: string[] = []): Stored {
  const id = `e${number}`;
  const lineage = { seed: 1, run: number, parents: [], mutators, categories: [] };
  return {
    number,
    id,
    level: 'source',
    elapsedSeconds: 0,
    bytes: new Uint8Array(bytes),
    entry: entry({ id, features: Uint32Array.from(features), candidate: candidate({ lineage }) }),
  };
}

/** An entry of `cmin`. */
function shown(number: number, features: readonly number[], bytes = 10, blocks?: readonly number[]): Shown {
  const reached = blocks === undefined ? undefined : Uint32Array.from(blocks);
  return { number, features: Uint32Array.from(features), blocks: reached, bytes };
}

function kept(...entries: Shown[]): number[] {
  return minimizeCorpus(entries).map(({ number }) => number);
}

describe('minimizeCorpus', () => {
  it('keeps one entry where it shows all', () => {
    expect(kept(shown(1, [1]), shown(2, [1, 2, 3]), shown(3, [2, 3]))).toEqual([2]);
  });

  it('takes the smaller, then the older of equals', () => {
    expect(kept(shown(1, [1, 2], 50), shown(2, [1, 2], 20), shown(3, [1, 2], 20))).toEqual([2]);
  });

  it('keeps what alone shows a feature', () => {
    expect(kept(shown(1, [1, 2]), shown(2, [2, 3]), shown(3, [1, 3, 2]), shown(4, [9]))).toEqual([3, 4]);
  });

  it('keeps entries that never ran, and nothing of an empty corpus', () => {
    expect(kept(shown(1, []), shown(2, [1]), shown(3, [1]))).toEqual([1, 2]);
    expect(kept()).toEqual([]);
  });

  it('keeps what alone reaches a block of code, whose numbers are no features', () => {
    expect(kept(shown(1, [1, 2], 10, [1]), shown(2, [1], 10, [7]), shown(3, [2], 10, [2]))).toEqual([
      1, 2, 3,
    ]);
    expect(kept(shown(1, [1, 2], 10, [1, 7]), shown(2, [1], 10, [7]), shown(3, [2], 10, [1]))).toEqual([1]);
  });

  it('loses no feature of any corpus, and keeps no entry that the others make useless at its time', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = Random.of(seed);
      const entries = Array.from({ length: 60 }, (_, i) =>
        shown(
          i,
          Array.from({ length: random.between(1, 8) }, () => random.below(50)),
          random.between(5, 50),
        ),
      );
      const chosen = minimizeCorpus(entries);
      const featuresOf = (list: readonly Shown[]) => new Set(list.flatMap(({ features }) => [...features]));
      expect(featuresOf(chosen)).toEqual(featuresOf(entries));
      expect(chosen.length).toBeLessThan(entries.length);
    }
  });
});

describe('corpusStatistics', () => {
  it('counts features once, and mutators without what they say', () => {
    const statistics = corpusStatistics([
      stored(1, [1, 2], 10, ['custom:edge:0-to-1']),
      stored(2, [2, 3], 30, ['extend', 'custom:edge:2-to-3']),
      stored(3, [3]),
    ]);
    expect(statistics).toEqual({
      entries: 3,
      bytes: 50,
      units: 3,
      features: 3,
      rareFeatures: 1,
      byLevel: { source: 3 },
      byOutcome: { accepted: 3 },
      byMutator: {
        'custom:edge': { entries: 2, newFeatures: 4 },
        fresh: { entries: 1, newFeatures: 2 },
      },
    });
  });
});
