import type { CorpusEntry } from '../../../api/entries.js';

/**
 * The entries to keep so that every feature is still shown by one: greedily the one that adds most, the smaller and
 * then the older one of equals. Nothing is executed; entries whose features are not known (imported and never run)
 * are kept.
 */
export function minimizeCorpus<
  T extends { entry: Pick<CorpusEntry, 'features'>; bytes: Pick<Uint8Array, 'length'> },
>(entries: readonly T[]): T[] {
  const kept = new Set(entries.filter(({ entry }) => entry.features.length === 0));
  const missing = new Set(entries.flatMap(({ entry }) => [...entry.features]));
  // The gain of an entry only ever shrinks, so an earlier count is an upper bound: most need no second look.
  const gains = new Map(entries.map((stored) => [stored, new Set(stored.entry.features).size]));
  const gainOf = ({ entry }: T): number => [...new Set(entry.features)].filter((f) => missing.has(f)).length;
  while (missing.size > 0) {
    let best: T | undefined;
    let bestGain = 0;
    for (const stored of entries) {
      if ((gains.get(stored) ?? 0) < Math.max(1, bestGain)) continue;
      const gain = gainOf(stored);
      gains.set(stored, gain);
      const smaller = best !== undefined && gain === bestGain && stored.bytes.length < best.bytes.length;
      if (gain > bestGain || smaller) [best, bestGain] = [stored, gain];
    }
    if (best === undefined || bestGain === 0) break;
    kept.add(best);
    best.entry.features.forEach((feature) => missing.delete(feature));
  }
  return entries.filter((stored) => kept.has(stored));
}
