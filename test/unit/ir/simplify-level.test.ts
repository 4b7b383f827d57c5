import { describe, expect, it } from 'vitest';
import { imax, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { isSmallLevel, simplifyLevel } from '../../../src/ir/simplify-level.js';
import { equalLevels } from '../../../src/kernel/level-order.js';
import { Random } from '../../../src/util/random.js';

const u = param('u');
const v = param('v');

function someLevel(random: Random, depth: number): Level {
  if (depth === 0) return random.pick([zero, one, u, v]);
  const left = someLevel(random, depth - 1);
  const right = someLevel(random, depth - 1);
  return random.pick([succ(left), max(left, right), imax(left, right)]);
}

describe('simplifyLevel', () => {
  it.each([
    [max(zero, u), u],
    [max(u, u), u],
    [max(u, succ(u)), succ(u)],
    [imax(u, zero), zero],
    [imax(zero, u), u],
    [imax(u, one), max(u, one)],
    [imax(u, v), imax(u, v)],
    [max(max(one, u), u), max(one, u)],
  ])('%j is %j', (level, expected) => {
    expect(simplifyLevel(level)).toEqual(expected);
  });

  it('gives an equal level', () => {
    for (let i = 0; i < 400; i++) {
      const level = someLevel(Random.of(1, i), 3);
      expect(equalLevels(simplifyLevel(level), level)).toBe(true);
    }
  });

  it('keeps what is built from itself small', () => {
    let level: Level = u;
    for (let i = 0; i < 60; i++) level = simplifyLevel(max(max(one, level), level));
    expect(isSmallLevel(level, 5)).toBe(true);
  });
});

describe('isSmallLevel', () => {
  it('counts nodes, and no more of them than it needs', () => {
    expect(isSmallLevel(max(u, v), 3)).toBe(true);
    expect(isSmallLevel(max(u, v), 2)).toBe(false);
    let huge: Level = u;
    for (let i = 0; i < 80; i++) huge = max(huge, huge);
    expect(isSmallLevel(huge, 100)).toBe(false);
  });
});
