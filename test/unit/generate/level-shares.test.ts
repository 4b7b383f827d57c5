import { describe, expect, it } from 'vitest';
import { LevelShares } from '../../../src/generate/level-shares.js';
import { Random } from '../../../src/util/random.js';

function countKernel(shares: LevelShares, draws = 2000): number {
  return Array.from({ length: draws }, (_, i) => shares.choose(Random.of(i))).filter((l) => l === 'kernel')
    .length;
}

describe('LevelShares', () => {
  it('gives a campaign of one level nothing but that level', () => {
    expect(countKernel(new LevelShares('source'))).toBe(0);
    expect(countKernel(new LevelShares('kernel'))).toBe(2000);
  });

  it('shares time and not candidates: a cheap candidate comes more often', () => {
    const shares = new LevelShares('both');
    expect(shares.shareOfSource()).toBeCloseTo(0.5);
    expect(countKernel(shares)).toBeGreaterThan(1800);
  });

  it('gives more time to the level that has found more for its time, and never all of it', () => {
    const shares = new LevelShares('both');
    for (let i = 0; i < 500; i++) {
      shares.learn('source', 50);
      shares.learn('kernel', 0);
    }
    expect(shares.shareOfSource()).toBe(0.8);
    for (let i = 0; i < 5000; i++) {
      shares.learn('source', 0);
      shares.learn('kernel', 5);
    }
    expect(shares.shareOfSource()).toBe(0.2);
  });
});
