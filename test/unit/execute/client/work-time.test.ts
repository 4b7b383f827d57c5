import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WorkTime, type Work } from '../../../../src/execute/client/work-time.js';
import { activityOfThreads } from '../../../../src/util/process-state.js';

/** A clock, and a process of which a test says what it does. */
function machine(): { time: WorkTime; pass: (millis: number, state: string, ran: number) => number } {
  let now = 0;
  let activity = { state: 'R', processorMillis: 5000 };
  const time = new WorkTime(
    () => now,
    () => activity,
  );
  const pass = (millis: number, state: string, ran: number, work: Work = [1, 1]): number => {
    now += millis;
    activity = { state, processorMillis: activity.processorMillis + ran };
    return time.millis(work, 1);
  };
  time.millis([1, 1], 1);
  return { time, pass };
}

describe('the time of an executor at its work', () => {
  it('is the processor time that it had, where it runs', () => {
    const { pass } = machine();
    expect(pass(200, 'R', 10)).toBe(200);
    expect(pass(200, 'R', 10)).toBe(210);
    expect(pass(500, 'R', 0)).toBe(210);
    expect(pass(200, 'R', 200)).toBe(410);
  });

  it('is that of the clock, where it waits or is stopped', () => {
    const { time, pass } = machine();
    pass(200, 'S', 0);
    expect(pass(300, 'S', 0)).toBe(500);
    expect(time.isStopped).toBe(false);
    expect(pass(300, 'T', 0)).toBe(800);
    expect(time.isStopped).toBe(true);
  });

  it('is at most a second from look to look: who looks may have stood still, too', () => {
    const { pass } = machine();
    expect(pass(60_000, 'S', 0)).toBe(1000);
  });

  it('begins anew with other work', () => {
    const { time, pass } = machine();
    expect(pass(200, 'S', 0)).toBe(200);
    expect(time.millis([1, 2], 1)).toBe(0);
  });
});

describe('the activity of a process', () => {
  it('is that of any of its threads', async () => {
    const busy = `const { Worker } = require('node:worker_threads');
      new Worker('for (;;);', { eval: true }).on('online', () => console.log('busy'));`;
    const child = spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await expect.poll(() => activityOfThreads(child.pid ?? 0).state).toBe('R');
      await expect.poll(() => activityOfThreads(child.pid ?? 0).processorMillis).toBeGreaterThan(100);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
