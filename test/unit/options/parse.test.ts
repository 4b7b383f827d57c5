import { describe, expect, it } from 'vitest';
import { integer, milliseconds } from '../../../src/options/parse.js';
import { UserError } from '../../../src/util/errors.js';

function errorOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('expected a UserError, nothing was thrown');
}

describe('integer', () => {
  it.each([
    ['1', 1],
    ['007', 7],
    ['256', 256],
    ['-5', -5],
  ])('takes %j', (text, value) => {
    expect(integer('--n', text, -5, 256)).toBe(value);
  });

  it.each(['0', '257', '1.5', '1e2', '', ' 1', '0x10', 'two', '1 2'])(
    'refuses %j with option, value, expectation and exit code 2',
    (text) => {
      const error = errorOf(() => integer('--cores', text, 1, 256));
      expect(error.message).toBe(`--cores: got "${text}", expected a whole number from 1 to 256`);
      expect(error.exitCode).toBe(2);
    },
  );
});

describe('milliseconds', () => {
  it.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['90', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('takes %j as %i', (text, millis) => {
    expect(milliseconds('--time', text)).toBe(millis);
  });

  it.each(['abc', '', '0', '0s', '-1s', '10 s', '10x', '1.m', 'Infinity'])(
    'refuses %j with option, value, expectation and exit code 2',
    (text) => {
      const error = errorOf(() => milliseconds('--time', text));
      expect(error.message).toBe(`--time: got "${text}", expected a time such as 90s, 10m or 2h`);
      expect(error.exitCode).toBe(2);
    },
  );
});
