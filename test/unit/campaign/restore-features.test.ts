import { describe, expect, it } from 'vitest';
import { restoreFeatures } from '../../../src/campaign/restore-features.js';
import { encodeEntry } from '../../../src/share/entry-codec.js';
import { entry } from '../../support/fakes.js';
import { smallRegion } from '../../support/regions.js';

describe('features of stored entries', () => {
  it('are seen when a campaign is resumed, each counted once', () => {
    const region = smallRegion();
    const entries = [Uint32Array.of(1, 2), Uint32Array.of(2, 3)].map((features) =>
      encodeEntry(entry({ features })),
    );
    const database = {
      *eachEntry() {
        yield* [...entries, Uint8Array.of(1, 2)];
      },
    };
    expect(restoreFeatures(region, database as never)).toBe(3);
    const seenBefore = new Uint32Array(4);
    region.native.observe(Uint32Array.of(1, 2, 3, 4), seenBefore);
    expect([...seenBefore]).toEqual([1, 2, 1, 0]);
  });
});
