import { describe, expect, it } from 'vitest';
import { corpusStatistics } from '../../../../../src/campaign/offline/corpus/corpus-statistics.js';
import { candidate, entry } from '../../../../support/fakes.js';

describe('corpusStatistics', () => {
  it('counts by names that others made up, whatever they are', () => {
    const names = ['constructor', '__proto__', 'swap', 'swap'];
    const stored = names.map((name, number) => {
      const lineage = { seed: 1, run: number, parents: [], mutators: [name], categories: [] };
      return {
        number,
        entry: entry({ candidate: candidate({ lineage }), newFeatures: 2 }),
        bytes: Buffer.of(1),
      };
    });
    const { byMutator } = corpusStatistics(stored as never);
    expect(Object.entries(byMutator)).toEqual([
      ['constructor', { entries: 1, newFeatures: 2 }],
      ['__proto__', { entries: 1, newFeatures: 2 }],
      ['swap', { entries: 2, newFeatures: 4 }],
    ]);
    expect(Object.entries).toBeTypeOf('function');
  });
});
