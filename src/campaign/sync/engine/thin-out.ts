import { minimizeCorpus } from '../../offline/corpus/minimize-corpus.js';

/** How full the room for entries is when they have been thinned out, at most. */
const share = 0.8;

/** An entry that is kept for machines that come late. */
export interface KeptEntry {
  readonly id: string;
  readonly bytes: number;
}

/**
 * The entries to drop so that the others have room: first those whose features all are shown by others, and where that
 * is not enough the largest. Those that nothing is known of have no features here, and stay as long as they may.
 */
export function entriesToDrop(
  kept: readonly KeptEntry[],
  featuresOf: (id: string) => Uint32Array | undefined,
  maxBytes: number,
): KeptEntry[] {
  const wanted = maxBytes * share;
  const entries = kept.map((one) => ({
    one,
    bytes: one.bytes,
    features: featuresOf(one.id) ?? new Uint32Array(0),
    blocks: undefined,
  }));
  const stay = minimizeCorpus(entries).map(({ one }) => one);
  let left = stay.reduce((sum, { bytes }) => sum + bytes, 0);
  const dropped = new Set(kept);
  for (const one of [...stay].sort((a, b) => a.bytes - b.bytes)) dropped.delete(one);
  for (const one of [...stay].sort((a, b) => b.bytes - a.bytes)) {
    if (left <= wanted) break;
    left -= one.bytes;
    dropped.add(one);
  }
  return [...dropped];
}
