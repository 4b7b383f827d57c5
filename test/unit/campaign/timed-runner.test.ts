import { describe, expect, it } from 'vitest';
import { TimedRunner } from '../../../src/campaign/timed-runner.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import type { JobRunner } from '../../../src/judge/ask/confirm.js';

const after = async <T>(millis: number, value: T): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, millis));
  return value;
};
const slow: JobRunner = {
  base: commonEnvironment,
  run: () => after(30, []),
  replace: () => after(30, undefined),
};

describe('TimedRunner', () => {
  it('adds up how long was waited, for what fails as well', async () => {
    const failing: JobRunner = { ...slow, replace: () => Promise.reject(new Error('gone')) };
    const timed = new TimedRunner(failing);
    await timed.run([]);
    const waited = timed.waited;
    expect(waited).toBeGreaterThan(20);
    await expect(timed.replace()).rejects.toThrow('gone');
    expect(timed.waited).toBeGreaterThanOrEqual(waited);
  });

  it('checks only where its runner does', () => {
    expect(new TimedRunner(slow).check).toBeUndefined();
    expect(new TimedRunner({ ...slow, check: () => Promise.reject(new Error('no')) }).check).toBeDefined();
  });
});
