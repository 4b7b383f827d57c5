import { decodeHead } from '../share/entry-codec.js';
import type { SharedRegion } from '../share/region.js';
import type { CampaignDatabase } from '../store/database.js';
import { MalformedBytes } from '../util/bytes.js';

/**
 * Marks what the stored entries show as seen, so that a resumed campaign takes none of it for news. Returns how many
 * different features that is.
 */
export function restoreFeatures(
  region: Pick<SharedRegion, 'native'>,
  database: Pick<CampaignDatabase, 'eachEntry'>,
): number {
  let different = 0;
  for (const bytes of database.eachEntry()) {
    const features = featuresIn(bytes);
    const seenBefore = new Uint32Array(features.length);
    region.native.observe(features, seenBefore);
    different += seenBefore.filter((times) => times === 0).length;
  }
  return different;
}

/** None where the entry can't be read: it is no use to a worker either. */
function featuresIn(bytes: Uint8Array): Uint32Array {
  try {
    return decodeHead(bytes).features;
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return new Uint32Array(0);
  }
}
