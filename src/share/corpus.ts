import type { CorpusEntry } from '../api/entries.js';
import type { Random } from '../util/random.js';
import { Favoured } from './favoured.js';

/** Entries of the corpus that a worker keeps at hand. */
const capacity = 4096;
/** Entries compared for each pick. */
const tournament = 4;
/** A feature that so many candidates have shown is no reason to prefer an entry. */
const frequencyCap = 256;
/** How much more than another one an entry is worth that is favoured for the code of the kernel that it reaches. */
const favour = 4;

interface Kept {
  readonly entry: CorpusEntry;
  /** Its features, by their numbers in the corpus. */
  readonly features: Uint32Array;
  picks: number;
}

/**
 * The corpus as one worker sees it: its own entries and those of the others. Bounded; when it is full, entries
 * that were picked most often make room.
 */
export class WorkerCorpus {
  private readonly entries: Kept[] = [];
  private readonly ids = new Set<string>();
  private readonly favoured = new Favoured();
  private heartbeats = 0;
  /** A number for each feature, in the order in which they came, and how many candidates have shown it. */
  private readonly numbers = new Map<number, number>();
  private readonly frequencies: number[] = [];

  get size(): number {
    return this.entries.length;
  }

  /** See `Favoured.rivalCost`. */
  get rivalCost(): number {
    return this.favoured.rivalCost;
  }

  /** Takes an entry; false where it is known already, or nothing to build on. */
  add(entry: CorpusEntry): boolean {
    const isNew = this.announce(entry);
    if (isNew) this.place(entry);
    return isNew;
  }

  /** Notes an entry as known, which is placed later; false where it was known already, or is nothing to build on. */
  announce(entry: CorpusEntry): boolean {
    if (this.ids.has(entry.id) || !isReusable(entry)) return false;
    this.ids.add(entry.id);
    return true;
  }

  /** Takes an entry that was announced. */
  place(entry: CorpusEntry): void {
    this.heartbeats += entry.heartbeats;
    this.favoured.add(entry);
    if (this.entries.length < capacity) {
      this.entries.push(this.kept(entry));
      return;
    }
    const leaving = this.mostPicked();
    const left = this.entries[leaving]?.entry;
    if (left !== undefined) this.favoured.remove(left);
    this.heartbeats -= left?.heartbeats ?? 0;
    this.entries[leaving] = this.kept(entry);
  }

  private kept(entry: CorpusEntry): Kept {
    return { entry, features: entry.features.map((feature) => this.numberOf(feature)), picks: 0 };
  }

  private numberOf(feature: number): number {
    const known = this.numbers.get(feature);
    if (known !== undefined) return known;
    this.numbers.set(feature, this.frequencies.length);
    return this.frequencies.push(0) - 1;
  }

  /** Counts the features that a candidate has shown. */
  saw(features: Uint32Array): void {
    for (const feature of features) {
      const number = this.numberOf(feature);
      this.frequencies[number] = (this.frequencies[number] ?? 0) + 1;
    }
  }

  /**
   * The best of a few drawn at random: many new features, few picks so far, little work, something that few candidates
   * have shown, and code of the kernel that hardly another entry reaches, or none as cheaply, are good.
   */
  pick(random: Random): CorpusEntry | undefined {
    let best: Kept | undefined;
    let most = 0;
    for (let i = 0; i < tournament && this.entries.length > 0; i++) {
      const kept = this.entries[random.below(this.entries.length)];
      if (kept === undefined) continue;
      const energy = this.energy(kept);
      if (best !== undefined && !(energy > most)) continue;
      best = kept;
      most = energy;
    }
    if (best !== undefined) best.picks++;
    return best?.entry;
  }

  private energy({ entry, features, picks }: Kept): number {
    const average = this.heartbeats / this.entries.length;
    const work = 1 + entry.heartbeats / (average + 1);
    const worth = this.rarity(features) * this.favoured.rarity(entry);
    const favoured = this.favoured.has(entry) ? favour : 1;
    return (Math.sqrt(entry.newFeatures + 1) * worth * favoured) / (picks + 1) / work;
  }

  /** More than 1 for entries with a feature that few candidates have shown. A feature that many have counts nothing. */
  private rarity(features: Uint32Array): number {
    let least = frequencyCap;
    // A feature that no candidate has shown here counts as if one had.
    for (const feature of features) least = Math.min(least, this.frequencies[feature] || 1);
    return Math.sqrt(frequencyCap / least);
  }

  private mostPicked(): number {
    let [most, picks] = [0, -1];
    this.entries.forEach((kept, index) => {
      // Favoured entries go last.
      const weighed = this.favoured.has(kept.entry) ? kept.picks / favour : kept.picks;
      if (weighed > picks) [most, picks] = [index, weighed];
    });
    return most;
  }
}

/** Candidates that ended their executor are kept in the store but are no ground to build on. */
function isReusable(entry: CorpusEntry): boolean {
  return ['accepted', 'rejected', 'imported'].includes(entry.outcome);
}
