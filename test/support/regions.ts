import { closeSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { SharedRegion, type RegionSizes } from '../../src/share/region.js';

/** A region that is small unless a test asks for more, and whose descriptor is closed behind the test. */
export function smallRegion(sizes: Partial<RegionSizes> = {}): SharedRegion {
  const region = SharedRegion.create({
    workers: 2,
    workCapacity: 16,
    corpusBytes: 64 << 10,
    findingsBytes: 64 << 10,
    featureCount: 1 << 16,
    requestBytes: 64 << 10,
    responseBytes: 64 << 10,
    ...sizes,
  });
  onTestFinished(() => closeSync(region.fd));
  return region;
}
