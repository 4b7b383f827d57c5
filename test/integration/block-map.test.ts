import { describe, expect, it } from 'vitest';
import { smallRegion } from '../support/regions.js';

describe('the map of blocks in a region', () => {
  it('has one bit for each, and nothing beyond', () => {
    const { blocks } = smallRegion({ blocks: 70 });
    expect([blocks.count, blocks.reached]).toEqual([70, 0]);
    blocks.mark([0, 31, 32, 69, 70, 1000, 31]);
    expect(blocks.reached).toBe(4);
    expect([0, 1, 31, 32, 69].map((block) => blocks.has(block))).toEqual([true, false, true, true, true]);
  });

  it('is brought back as it was', () => {
    const { blocks } = smallRegion({ blocks: 40 });
    blocks.mark([3, 39]);
    const saved = blocks.save();
    blocks.mark([4, 5]);
    blocks.restore(saved);
    expect([blocks.reached, blocks.has(4), blocks.has(39)]).toEqual([2, false, true]);
  });

  it('is empty where nothing is watched, and touches nothing else', () => {
    const { blocks, native } = smallRegion();
    blocks.mark([0, 1, 2]);
    expect([blocks.count, blocks.reached]).toEqual([0, 0]);
    expect([0, 1, 2].map((feature) => native.seen(feature))).toEqual([0, 0, 0]);
  });
});
