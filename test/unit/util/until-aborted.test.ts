import { describe, expect, it } from 'vitest';
import { endsWithin, pause, untilAborted } from '../../../src/util/until-aborted.js';

const endless = new Promise<never>(() => undefined);

describe('untilAborted', () => {
  it('is the promise, where nothing is aborted', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
    expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1);
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('throws the reason when the signal is aborted, before or meanwhile', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(endless, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(untilAborted(endless, controller.signal)).rejects.toThrow('enough');
    await expect(untilAborted(Promise.reject(new Error('no')), controller.signal)).rejects.toThrow('enough');
  });
});

describe('pause', () => {
  it('ends with the signal, and throws nothing', async () => {
    const controller = new AbortController();
    const pausing = pause(1_000_000, controller.signal);
    controller.abort();
    await pausing;
    await pause(1_000_000, controller.signal);
    await pause(1);
  });
});

describe('endsWithin', () => {
  it('says whether a promise settles, however it does', async () => {
    expect(await endsWithin(Promise.resolve(), 1_000_000)).toBe(true);
    expect(await endsWithin(Promise.reject(new Error('no')), 1_000_000)).toBe(true);
    expect(await endsWithin(endless, 1)).toBe(false);
    const controller = new AbortController();
    const waiting = endsWithin(endless, 1_000_000, controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await endsWithin(Promise.resolve(), 1_000_000);
    expect(timers()).toBe(before);
  });
});
