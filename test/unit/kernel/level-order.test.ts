import { describe, expect, it } from 'vitest';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { DontKnow } from '../../../src/kernel/failure.js';
import { equalLevels, isNeverZero, isZero, levelAtMost } from '../../../src/kernel/level-order.js';

const u = param('u');
const v = param('v');

const equal: readonly (readonly [string, Level, Level])[] = [
  ['max is commutative', max(u, v), max(v, u)],
  ['max is idempotent', max(u, u), u],
  ['zero is neutral in max', max(zero, u), u],
  ['succ distributes over max', succ(max(u, v)), max(succ(u), succ(v))],
  ['imax into zero is zero', imax(u, zero), zero],
  ['imax into a successor is max', imax(u, succ(v)), max(u, succ(v))],
  ['imax from zero is its right side', imax(zero, u), u],
  ['imax with itself is itself', imax(u, u), u],
  ['imax absorbs max of the same', max(u, imax(v, u)), imax(v, u).kind === 'imax' ? max(imax(v, u), u) : u],
  ['imax distributes over max', imax(u, max(v, one)), max(imax(u, v), max(u, one))],
  ['numbers are sums of successors', levelOf(3), succ(one, 2)],
];

describe('equal levels', () => {
  it.each(equal)('know that %s', (_, a, b) => {
    expect(equalLevels(a, b)).toBe(true);
    expect(equalLevels(b, a)).toBe(true);
  });

  it.each([
    ['u and v', u, v],
    ['u and u + 1', u, succ(u)],
    ['imax u v and max u v', imax(u, v), max(u, v)],
    ['imax 1 u and u', imax(one, u), max(one, u)],
    ['0 and 1', zero, one],
  ])('do not confuse %s', (_, a, b) => expect(equalLevels(a, b)).toBe(false));
});

describe('levelAtMost', () => {
  it.each([
    ['0 ≤ u', zero, u, true],
    ['1 ≤ u', one, u, false],
    ['u ≤ max u v', u, max(u, v), true],
    ['max u v ≤ u', max(u, v), u, false],
    ['imax u v ≤ max u v', imax(u, v), max(u, v), true],
    ['max u v ≤ imax u v', max(u, v), imax(u, v), false],
    ['v ≤ imax u v', v, imax(u, v), true],
    ['u ≤ imax u v', u, imax(u, v), false],
    ['u + 1 ≤ max (u + 2) v', succ(u), max(succ(u, 2), v), true],
    ['1 ≤ max 1 u', one, max(one, u), true],
  ])('%s', (_, a, b, expected) => expect(levelAtMost(a, b)).toBe(expected));

  it('agrees with what the numbers say, for many levels and assignments', () => {
    const levels = generations(2);
    for (const a of levels) {
      for (const b of levels) {
        const byNumbers = assignments.every((at) => value(a, at) <= value(b, at));
        if (levelAtMost(a, b) !== byNumbers) expect.fail(JSON.stringify([a, b, byNumbers]));
      }
    }
    expect(levels.length).toBeGreaterThan(50);
  });
});

describe('isZero and isNeverZero', () => {
  it.each([
    ['0', zero, true, false],
    ['imax 1 0', imax(one, zero), true, false],
    ['imax u 0', imax(u, zero), true, false],
    ['u', u, false, false],
    ['imax 1 u', imax(one, u), false, false],
    ['max 1 u', max(one, u), false, true],
    ['u + 1', succ(u), false, true],
  ])('of %s', (_, level, isNothing, isSomething) => {
    expect(isZero(level)).toBe(isNothing);
    expect(isNeverZero(level)).toBe(isSomething);
  });
});

const range = [0, 1, 2, 3, 5];
const assignments = range.flatMap((a) => range.map((b) => ({ u: a, v: b })));

function value(level: Level, at: Record<string, number>): number {
  switch (level.kind) {
    case 'zero':
      return 0;
    case 'succ':
      return value(level.of, at) + 1;
    case 'max':
      return Math.max(value(level.left, at), value(level.right, at));
    case 'imax': {
      const right = value(level.right, at);
      return right === 0 ? 0 : Math.max(value(level.left, at), right);
    }
    default:
      return at[level.name] ?? 0;
  }
}

/** All levels of some height over two parameters. */
function generations(height: number): Level[] {
  if (height === 0) return [zero, u, v];
  const below = generations(height - 1).slice(0, 9);
  return [
    ...below,
    ...below.map((level) => succ(level)),
    ...below.flatMap((a) => below.flatMap((b) => [max(a, b), imax(a, b)])),
  ];
}

describe('levels of many nodes', () => {
  const names = Array.from({ length: 4200 }, (_, i) => `u${i}`);
  const maximum = (of: readonly string[]): Level => of.map(param).reduce((all, one) => max(all, one));

  it('are compared, however large', () => {
    const all = maximum(names);
    expect(equalLevels(all, maximum(names.toReversed()))).toBe(true);
    expect(levelAtMost(all, maximum(names.slice(1)))).toBe(false);
    expect(levelAtMost(maximum(names.slice(1)), all)).toBe(true);
  });

  it('are compared below imax, too', () => {
    const row = names.slice(0, 60).map(param);
    const right = row.reduceRight((rest, one) => imax(one, rest));
    expect(equalLevels(right, imax(zero, right))).toBe(true);
    expect(
      levelAtMost(
        right,
        row.reduce((all, one) => max(all, one)),
      ),
    ).toBe(true);
    expect(
      levelAtMost(
        row.reduce((all, one) => max(all, one)),
        right,
      ),
    ).toBe(false);
    expect(equalLevels(imax(u, imax(v, param('w'))), imax(max(u, v), param('w')))).toBe(true);
  });

  it('has an answer or none soon, on rows of imax that may double the work at each', () => {
    const begun = process.cpuUsage();
    for (let row = 0; row < 4; row++) {
      let level = param('u0');
      for (let i = 0; i < 10_000; i++) {
        const one = param(names[(i * 7919 + row) % 40] ?? 'u');
        level = (i * 31) % 5 < 2 ? imax(level, max(level, one)) : imax(succ(level), one);
      }
      expect(() => equalLevels(level, succ(level))).toThrow(DontKnow);
    }
    expect(process.cpuUsage(begun).user).toBeLessThan(6e6);
  });
});
