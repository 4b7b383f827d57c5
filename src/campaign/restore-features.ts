import { headIn } from '../share/entry-codec.js';
import type { SharedRegion } from '../share/region.js';
import type { CampaignDatabase } from '../store/database.js';

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
    const features = headIn(bytes)?.features;
    if (features === undefined) continue;
    const seenBefore = new Uint32Array(features.length);
    region.native.observe(features, seenBefore);
    different += seenBefore.filter((times) => times === 0).length;
  }
  return different;
}
