import { afterEach, describe, expect, it, vi } from 'vitest';
import { CampaignClock } from '../../../src/campaign/clock.js';

afterEach(() => vi.restoreAllMocks());

describe('the clock of a campaign', () => {
  it('stands still before Lean has booted and behind the first end', () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(5000);
    const clock = new CampaignClock();
    expect([clock.hasStarted, clock.elapsedSeconds]).toEqual([false, 0]);
    clock.start();
    now.mockReturnValue(7500);
    expect([clock.hasStarted, clock.elapsedSeconds, clock.span]).toEqual([true, 2.5, [5000, 7500]]);
    clock.end();
    now.mockReturnValue(9000);
    clock.end();
    expect([clock.elapsedSeconds, clock.span]).toEqual([2.5, [5000, 7500]]);
  });

  it('has no time where a campaign ends before it began', () => {
    const clock = new CampaignClock();
    clock.end();
    expect(clock.elapsedSeconds).toBe(0);
  });
});
