import type { Shown } from './open-corpus.js';

/** Blocks of code are told from features by their place among the numbers. */
const blocksFrom = 2 ** 32;

/** All that an entry shows: its features, and the blocks of code that it reaches. */
function* shownBy({ features, blocks }: Pick<Shown, 'features' | 'blocks'>): Generator<number> {
  yield* features;
  for (const block of blocks ?? []) yield blocksFrom + block;
}

/**
 * The entries to keep so that every feature is still shown, and every block of code still reached, by one: greedily the
 * one that adds most, the smaller and then the older one of equals. Nothing is executed; entries whose features are not
 * known (imported and never run) are kept.
 */
export function minimizeCorpus<T extends Pick<Shown, 'features' | 'blocks' | 'bytes'>>(
  entries: readonly T[],
): T[] {
  const kept = new Set(entries.filter(({ features }) => features.length === 0));
  const missing = new Set<number>();
  for (const entry of entries) for (const one of shownBy(entry)) missing.add(one);
  for (const entry of kept) for (const one of shownBy(entry)) missing.delete(one);
  const gainOf = (entry: T): number => {
    const gained = new Set<number>();
    for (const one of shownBy(entry)) if (missing.has(one)) gained.add(one);
    return gained.size;
  };
  // The gain of an entry only ever shrinks, so an earlier count is an upper bound: most need no second look.
  const gains = new Map(entries.map((entry) => [entry, gainOf(entry)]));
  while (missing.size > 0) {
    let best: T | undefined;
    let bestGain = 0;
    for (const entry of entries) {
      if ((gains.get(entry) ?? 0) < Math.max(1, bestGain)) continue;
      const gain = gainOf(entry);
      gains.set(entry, gain);
      const smaller = best !== undefined && gain === bestGain && entry.bytes < best.bytes;
      if (gain > bestGain || smaller) [best, bestGain] = [entry, gain];
    }
    if (best === undefined || bestGain === 0) break;
    kept.add(best);
    for (const one of shownBy(best)) missing.delete(one);
  }
  return entries.filter((entry) => kept.has(entry));
}
