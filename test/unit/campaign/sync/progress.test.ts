import { describe, expect, it } from 'vitest';
import { progressText, readProgress } from '../../../../src/campaign/sync/progress.js';

describe('what a machine has done', () => {
  it.each([
    [{ machine: 'one-1', candidates: 1200, seconds: 61.5 }, '1200 61.500'],
    [
      {
        ...{ machine: 'one-1', candidates: 0, seconds: 0 },
        end: { reason: 'runs', machine: 'other-2' } as const,
      },
      '0 0.000 runs other-2',
    ],
  ])('is a line, and is read from it', (progress, text) => {
    expect(progressText(progress)).toBe(text);
    expect(readProgress('one-1', text)).toEqual(progress);
  });

  it.each([
    '',
    'x',
    '1',
    '-1 3',
    '1 Infinity',
    '1e9 3',
    '1 2 signal one-1',
    '1 2 runs ../one',
    `1 2 time ${'x'.repeat(81)}`,
  ])('is not read from %j', (text) => {
    expect(readProgress('one-1', text)).toBeUndefined();
  });

  it('is of nobody who has no name', () => {
    expect(readProgress('../one', '1 2')).toBeUndefined();
  });
});
