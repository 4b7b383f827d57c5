import { mutatorIn } from '../../../generate/custom/lineage-name.js';
import type { Stored } from './open-corpus.js';

/** Size and coverage of a corpus. */
export interface CorpusStatistics {
  readonly entries: number;
  readonly bytes: number;
  readonly units: number;
  /** Different features of all entries together, and those that only one entry shows. */
  readonly features: number;
  readonly rareFeatures: number;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly byOutcome: Readonly<Record<string, number>>;
  /** By what made them last: the last mutator's name without its description, or `fresh`. */
  readonly byMutator: Readonly<Record<string, { readonly entries: number; readonly newFeatures: number }>>;
}

export function corpusStatistics(stored: readonly Stored[]): CorpusStatistics {
  const shownBy = new Map<number, number>();
  // By names that others made up: `constructor` is one as good as any.
  const byMutator = new Map<string, { entries: number; newFeatures: number }>();
  for (const { entry } of stored) {
    for (const feature of new Set(entry.features)) shownBy.set(feature, (shownBy.get(feature) ?? 0) + 1);
    const name = mutatorIn(entry.candidate.lineage.mutators.at(-1) ?? 'fresh');
    const { entries, newFeatures } = byMutator.get(name) ?? { entries: 0, newFeatures: 0 };
    byMutator.set(name, { entries: entries + 1, newFeatures: newFeatures + entry.newFeatures });
  }
  return {
    entries: stored.length,
    bytes: stored.reduce((sum, { bytes }) => sum + bytes.length, 0),
    units: stored.reduce((sum, { entry }) => sum + entry.candidate.units.length, 0),
    features: shownBy.size,
    rareFeatures: [...shownBy.values()].filter((times) => times === 1).length,
    byLevel: countBy(stored, ({ entry }) => entry.candidate.level),
    byOutcome: countBy(stored, ({ entry }) => entry.outcome),
    byMutator: Object.fromEntries(byMutator),
  };
}

function countBy(stored: readonly Stored[], key: (stored: Stored) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of stored) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}
