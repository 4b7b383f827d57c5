import { describe, expect, it } from 'vitest';
import { Watchdog, type Watched } from '../../../../src/campaign/supervise/watchdog.js';
import type { Activity } from '../../../../src/util/process-state.js';

function watch(activityOf?: (now: number) => Activity, isBooting = false) {
  const said: string[] = [];
  const ended: string[] = [];
  let now = 0;
  const beats = new Map<string, number>();
  const watched = (): Watched[] =>
    [...beats].map(([name, beat], index) => ({
      ...{ name, beat, pid: 1 << (22 + index), isBooting },
      end: () => {
        ended.push(name);
        beats.delete(name);
      },
    }));
  const dog = new Watchdog(
    (text) => said.push(text),
    () => now,
    activityOf && (() => activityOf(now)),
  );
  /** Lets time pass and looks, as often as the primary does; `beating` go on. */
  const pass = (millis: number, ...beating: readonly string[]): void => {
    for (let left = millis; left > 0; left -= 100) {
      now += 100;
      for (const name of beating) beats.set(name, (beats.get(name) ?? 0) + 1);
      dog.look(watched);
    }
  };
  return { said, ended, beats, pass, sleep: (millis: number) => void (now += millis) };
}

describe('the watchdog', () => {
  it('names and ends a process that has had no beat for a while, within ten seconds, and nobody else', () => {
    const { said, ended, beats, pass } = watch();
    beats.set('worker 0', 7).set('the zygote', 0);
    pass(7000, 'the zygote');
    expect(ended).toEqual([]);
    pass(3000, 'the zygote');
    expect(ended).toEqual(['worker 0']);
    expect(said).toEqual(['worker 0 has made no progress for 8 s (gone): it is ended']);
    pass(60_000, 'the zygote');
    expect(ended).toHaveLength(1);
  });

  it('lets one go on that beats at times', () => {
    const { ended, beats, pass } = watch();
    beats.set('worker 0', 0);
    for (let i = 0; i < 5; i++) {
      pass(7000);
      pass(100, 'worker 0');
      pass(500);
    }
    expect(ended).toEqual([]);
  });

  it('leaves time to one that runs and gets little of the processor, and none to one that has all of it', () => {
    const starved = watch((now) => ({ state: 'R', processorMillis: now / 10 }));
    starved.beats.set('worker 0', 0);
    starved.pass(60_000);
    expect(starved.ended).toEqual([]);
    starved.pass(40_000);
    expect(starved.ended).toEqual(['worker 0']);
    const livelock = watch((now) => ({ state: 'R', processorMillis: now }));
    livelock.beats.set('worker 0', 0);
    livelock.pass(10_000);
    expect(livelock.said).toEqual(['worker 0 has made no progress for 8 s (running): it is ended']);
    const stopped = watch(() => ({ state: 'T', processorMillis: 5 }));
    stopped.beats.set('worker 0', 0);
    stopped.pass(10_000);
    expect(stopped.said).toEqual(['worker 0 has made no progress for 8 s (stopped): it is ended']);
  });

  it('leaves time to one that boots, unless it is stopped', () => {
    const slow = watch(() => ({ state: 'S', processorMillis: 5 }), true);
    slow.beats.set('worker 0', 0);
    slow.pass(50_000);
    expect(slow.ended).toEqual([]);
    slow.pass(20_000);
    expect(slow.said).toEqual(['worker 0 has made no progress for 60 s (asleep): it is ended']);
    const stopped = watch(() => ({ state: 'T', processorMillis: 5 }), true);
    stopped.beats.set('worker 0', 0);
    stopped.pass(10_000);
    expect(stopped.said).toEqual(['worker 0 has made no progress for 8 s (stopped): it is ended']);
  });

  it('blames nobody where the machine slept', () => {
    const { ended, beats, pass, sleep } = watch();
    beats.set('worker 0', 0);
    pass(1000);
    sleep(3_600_000);
    pass(1000);
    expect(ended).toEqual([]);
  });
});
