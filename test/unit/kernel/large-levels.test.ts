import { describe, expect, it } from 'vitest';
import { imax, levelSize, max, param, succ, type Level } from '../../../src/ir/level.js';
import { DontKnow } from '../../../src/kernel/failure.js';
import { normalForm, sameNormalForm } from '../../../src/kernel/levels/normal-form.js';

const some = Array.from({ length: 40 }, (_, i) => param(`u${i}`));

/** A level that is doubled so often: its nodes, shared ones counted at each use, are more than twice as many each time. */
function doubled(times: number, join: (a: Level, b: Level) => Level): Level {
  let level: Level = succ(param('u'));
  for (let i = 0; i < times; i++) level = join(level, i % 2 === 0 ? succ(level) : level);
  return level;
}

describe('the normal form of releases, on large levels,', () => {
  it.each([
    ['max', max],
    ['imax', imax],
  ] as const)('is that of the largest part, for %s', (_, join) => {
    const level = doubled(14, join);
    expect(levelSize(level)).toBeGreaterThan(40_000);
    expect(sameNormalForm(level, doubled(14, join))).toBe(true);
    expect(sameNormalForm(level, succ(level))).toBe(false);
  });

  it('does not hang on how a long maximum is nested', () => {
    const parts = Array.from({ length: 10_000 }, (_, i) => some[i % some.length] ?? param('v'));
    const left = parts.reduce((all, part) => max(all, part));
    const right = parts.reduceRight((all, part) => max(part, all));
    expect(sameNormalForm(left, right)).toBe(true);
    expect(sameNormalForm(left, max(param('v'), right))).toBe(false);
  });

  it('is not known beyond a size', () => {
    expect(() => normalForm(doubled(20, max))).toThrow(DontKnow);
  });
});
