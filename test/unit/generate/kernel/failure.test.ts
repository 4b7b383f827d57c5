import { describe, expect, it } from 'vitest';
import { orUndefined } from '../../../../src/generate/kernel/failure.js';
import { DontKnow, IllTyped } from '../../../../src/kernel/failure.js';

const endless = (n: number): number => 1 + endless(n + 1);

describe('what is built or not', () => {
  it.each<[string, () => unknown]>([
    [
      'no type',
      () => {
        throw new IllTyped('a metavariable');
      },
    ],
    [
      'no answer',
      () => {
        throw new DontKnow('out of fuel');
      },
    ],
    ['a full stack', () => endless(0)],
  ])('is not with %s', (_, build) => {
    expect(orUndefined(build)).toBeUndefined();
  });

  it.each<[string, () => unknown]>([
    ['a list that is too long', () => new Array<number>(-1)],
    ['a number that is too large', () => 2n ** (2n ** 64n)],
    [
      'a mistake of ours',
      () => {
        throw new RangeError('pick from an empty list');
      },
    ],
  ])('throws what is %s', (_, build) => {
    expect(() => orUndefined(build)).toThrow(RangeError);
  });
});
