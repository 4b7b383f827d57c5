import { describe, expect, it } from 'vitest';
import { header } from '../../src/share/layout.js';
import { Child } from '../support/child.js';
import { smallRegion } from '../support/regions.js';

describe('the feature map', () => {
  it('tells how often a feature was seen before', () => {
    const { native } = smallRegion();
    const seenBefore = new Uint32Array(3);
    native.observe(Uint32Array.of(5, 5, 6), seenBefore);
    expect([...seenBefore]).toEqual([0, 1, 0]);
    native.observe(Uint32Array.of(6, 7), seenBefore);
    expect([...seenBefore.subarray(0, 2)]).toEqual([1, 0]);
    expect(native.seen(5)).toBe(2);
    expect(native.seen(8)).toBe(0);
  });

  it('takes features that share a slot for one', () => {
    const { native } = smallRegion({ featureCount: 16 });
    native.observe(Uint32Array.of(3), new Uint32Array(1));
    expect(native.seen(3 + 16)).toBe(1);
    expect(native.seen(0xfffffff3)).toBe(1);
  });

  it('calls a feature new to exactly one of several processes that bring it at once', async () => {
    const count = 60_000;
    const region = smallRegion({ featureCount: 1 << 16 });
    const children = [0, 1, 2].map(() => Child.start('feature-observer.js', region, count));
    await Promise.all(children.map((child) => child.next()));
    region.native.ring(header.primary_bell);
    const firsts = await Promise.all(children.map((child) => child.next<{ first: number[] }>()));
    const all = firsts.flatMap(({ first }) => first).sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(region.native.seen(count - 1)).toBe(3);
  });
});
