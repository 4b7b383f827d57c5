import { describe, expect, it } from 'vitest';
import { regionSizes } from '../../../../src/campaign/supervise/slots.js';
import { addon } from '../../../../src/native/addon.js';
import { optionTable } from '../../../../src/options/option-table.js';
import { SharedRegion } from '../../../../src/share/region.js';

describe("a campaign's region", () => {
  it('has two executors for each worker, of which the second one is aside', () => {
    const region = SharedRegion.create(regionSizes(1, 0));
    expect(region.workerCount).toBeGreaterThanOrEqual(17);
    expect(region.executorCount).toBe(2 * region.workerCount);
    expect(region.asideOf(3)).toBe(region.workerCount + 3);
  });

  it('has none aside where there is one executor a worker', () => {
    expect(SharedRegion.create({ workers: 2 }).asideOf(0)).toBeUndefined();
  });

  it.each([1, 133, 134, 200, optionTable.cores.kind.form.high])('can be made for %i workers', (cores) => {
    const region = SharedRegion.create(regionSizes(cores, 5000));
    expect(region.workerCount).toBeGreaterThanOrEqual(cores);
    expect(region.words.byteLength).toBeLessThan(2 ** 31);
    // The last executor has areas of its own.
    expect(new (addon().Mailbox)(region.native, region.executorCount - 1).requestRoom).toBeGreaterThan(0);
    expect(() => new (addon().Mailbox)(region.native, region.executorCount)).toThrow(
      /executor \d+ of a region/,
    );
  });
});
