import { describe, expect, it } from 'vitest';
import { median, meets, quarters, ratios, spread } from '../../../bench/statistics.js';

describe('median', () => {
  it('is the middle sample, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });

  it('sorts as numbers and leaves the samples as they were', () => {
    const samples = [100, 20, 3];
    expect(median(samples)).toBe(20);
    expect(samples).toEqual([100, 20, 3]);
  });

  it('refuses an empty list', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('spread', () => {
  it('takes more samples than a call takes arguments', () => {
    const samples = Array.from({ length: 300_001 }, (_, i) => i);
    expect(spread(samples)).toEqual({ median: 150_000, min: 0, max: 300_000 });
  });
});

describe('quarters', () => {
  it('cuts a series in four, in order', () => {
    expect(quarters([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8, 9],
    ]);
    expect(quarters([7])).toEqual([[], [], [], [7]]);
  });
});

describe('ratios', () => {
  it('divides pair by pair, and leaves out what has no partner or a partner of 0', () => {
    expect(ratios([6, 8, 1, 5], [3, 2, 0])).toEqual([2, 4]);
  });
});

describe('meets', () => {
  it('includes the bound itself', () => {
    expect([meets({ atLeast: 2 }, 2), meets({ atLeast: 2 }, 1.9)]).toEqual([true, false]);
    expect([meets({ atMost: 2 }, 2), meets({ atMost: 2 }, 2.1)]).toEqual([true, false]);
  });
});
