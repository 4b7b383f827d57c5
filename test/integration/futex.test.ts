import { describe, expect, it } from 'vitest';
import { header } from '../../src/share/layout.js';
import { Child } from '../support/child.js';
import { smallRegion } from '../support/regions.js';

const patience = 60_000;

describe('waiting for a bell', () => {
  it('ends at once where the bell has another value already', async () => {
    const region = smallRegion();
    region.native.ring(header.primary_bell);
    expect(region.native.wait(header.primary_bell, 0, patience)).toBe(true);
    expect(await region.native.waitAsync(header.primary_bell, 0, patience)).toBe(true);
  });

  it('ends with false when nobody rings', async () => {
    const region = smallRegion();
    expect(region.native.wait(header.primary_bell, 0, 5)).toBe(false);
    expect(await region.native.waitAsync(header.primary_bell, 0, 5)).toBe(false);
    expect(region.load(header.primary_bell)).toBe(0);
  });

  it('ends when another process rings, blocking and as a promise', async () => {
    const region = smallRegion();
    const child = Child.start('bell-ringer.js', region, header.primary_bell);
    await child.next();
    for (let round = 0; round < 50; round++) {
      child.send({});
      while (region.load(header.primary_bell) === 2 * round)
        expect(await region.native.waitAsync(header.primary_bell, 2 * round, patience)).toBe(true);
      child.send({});
      // Blocks the event loop: the message must be on its way before.
      await new Promise((resolve) => setImmediate(resolve));
      while (region.load(header.primary_bell) === 2 * round + 1)
        expect(region.native.wait(header.primary_bell, 2 * round + 1, patience)).toBe(true);
      expect(region.load(header.primary_bell)).toBe(2 * round + 2);
    }
  });

  it('wakes everybody who waits, and nobody at another bell', async () => {
    const region = smallRegion();
    const sleepers = [1, 2, 3].map(() => region.native.waitAsync(header.primary_bell, 0, patience));
    const elsewhere = region.native.waitAsync(header.zygote_bell, 0, 300);
    region.native.ring(header.primary_bell);
    expect(await Promise.all(sleepers)).toEqual([true, true, true]);
    expect(await elsewhere).toBe(false);
  });
});
