import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/util/random.js';

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

describe('Random', () => {
  it('gives the same numbers for the same seed and path', () => {
    expect(draw(Random.of(7, 3), 50)).toEqual(draw(Random.of(7, 3), 50));
  });

  it('gives other numbers for another seed, another path and a longer path', () => {
    const firsts = [Random.of(7), Random.of(8), Random.of(7, 0), Random.of(7, 1), Random.of(7, 0, 0)];
    expect(new Set(firsts.map((random) => random.uint32())).size).toBe(firsts.length);
  });

  it('looks at all 53 bits of a seed', () => {
    expect(draw(Random.of(2 ** 40), 4)).not.toEqual(draw(Random.of(2 ** 41), 4));
    expect(draw(Random.of(Number.MAX_SAFE_INTEGER), 4)).not.toEqual(draw(Random.of(0xffffffff), 4));
  });

  it('keeps uint32 in 32 bits and spreads it over all of them', () => {
    const numbers = draw(Random.of(1), 2000);
    expect(numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= 0xffffffff)).toBe(true);
    for (let bit = 0; bit < 32; bit++) {
      const ones = numbers.filter((n) => ((n >>> bit) & 1) === 1).length;
      expect(ones, `bit ${bit}`).toBeGreaterThan(800);
      expect(ones, `bit ${bit}`).toBeLessThan(1200);
    }
  });

  it('reaches both ends of a range and never leaves it', () => {
    const random = Random.of(2);
    const between = Array.from({ length: 500 }, () => random.between(3, 6));
    expect(new Set(between)).toEqual(new Set([3, 4, 5, 6]));
    const below = Array.from({ length: 500 }, () => random.below(3));
    expect(new Set(below)).toEqual(new Set([0, 1, 2]));
  });

  it('takes probabilities 0 and 1 literally', () => {
    const random = Random.of(3);
    const never = Array.from({ length: 500 }, () => random.chance(0));
    const always = Array.from({ length: 500 }, () => random.chance(1));
    expect(never).not.toContain(true);
    expect(always).not.toContain(false);
  });

  it('draws indices in proportion to their weights, and never one of weight 0', () => {
    const random = Random.of(4);
    const drawn = Array.from({ length: 4000 }, () => random.weighted([3, 0, 1]));
    const times = (index: number): number => drawn.filter((i) => i === index).length;
    expect(times(1)).toBe(0);
    expect(times(0) + times(2)).toBe(4000);
    expect(times(0) / times(2)).toBeGreaterThan(2.4);
    expect(times(0) / times(2)).toBeLessThan(3.7);
  });

  it('picks every element of a list, and refuses an empty one', () => {
    const random = Random.of(5);
    const picked = new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])));
    expect(picked).toEqual(new Set(['a', 'b', 'c']));
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
