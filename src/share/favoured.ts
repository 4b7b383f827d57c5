import type { CorpusEntry } from '../api/entries.js';

/**
 * Entries that come before it is worked out anew which are favoured: so many, and such a part of all, so that the work
 * for an entry does not grow with their number.
 */
const settleAfter = 32;
const settlePart = 1 / 8;
/** A block that so many times fewer entries reach than there are is as rare as any. */
const rarityCap = 16;

/** More about an entry. */
interface Standing {
  /** The block that the fewest entries reached when it was last looked at. */
  rarest: number;
  favoured: boolean;
}

/**
 * Which entries of a corpus are favoured: for each block of the kernel's code the cheapest entry that reaches it is
 * top-rated, and of these so many are favoured that together they reach all that any entry does (AFL's rule). Entries
 * without blocks have no part in it.
 */
export class Favoured {
  private readonly standings = new Map<CorpusEntry, Standing>();
  /** The cheapest entry that reaches a block. */
  private readonly topRated = new Map<number, CorpusEntry>();
  /** How many entries reach a block. */
  private readonly reachedBy = new Map<number, number>();
  private unsettled = 0;

  add(entry: CorpusEntry): void {
    const { blocks } = entry;
    if (blocks === undefined || blocks.length === 0) return;
    for (const block of blocks) {
      this.reachedBy.set(block, (this.reachedBy.get(block) ?? 0) + 1);
      const top = this.topRated.get(block);
      if (top === undefined || costOf(entry) < costOf(top)) this.topRated.set(block, entry);
    }
    // New ground is worth a try before it is known what else reaches it.
    this.standings.set(entry, { rarest: this.rarestOf(blocks), favoured: entry.newFeatures > 0 });
    if (++this.unsettled >= Math.max(settleAfter, this.standings.size * settlePart)) this.settle();
  }

  remove(entry: CorpusEntry): void {
    if (!this.standings.delete(entry)) return;
    for (const block of entry.blocks ?? []) {
      this.reachedBy.set(block, (this.reachedBy.get(block) ?? 1) - 1);
      if (this.topRated.get(block) === entry) this.topRated.delete(block);
    }
  }

  has(entry: CorpusEntry): boolean {
    return this.standings.get(entry)?.favoured === true;
  }

  /** 1 for an entry whose blocks all others reach too, up to 4 for one that reaches what hardly any does. */
  rarity(entry: CorpusEntry): number {
    const standing = this.standings.get(entry);
    if (standing === undefined) return 1;
    const times = Math.max(1, this.reachedBy.get(standing.rarest) ?? 1);
    return Math.sqrt(Math.min(rarityCap, Math.max(1, this.standings.size / times)));
  }

  private settle(): void {
    this.unsettled = 0;
    for (const [entry, standing] of this.standings) {
      standing.favoured = false;
      standing.rarest = this.rarestOf(entry.blocks ?? []);
    }
    const covered = new Set<number>();
    for (const [block, entry] of this.topRated) {
      if (covered.has(block)) continue;
      const standing = this.standings.get(entry);
      if (standing !== undefined) standing.favoured = true;
      entry.blocks?.forEach((other) => covered.add(other));
    }
  }

  private rarestOf(blocks: Iterable<number>): number {
    let [rarest, least] = [-1, Infinity];
    for (const block of blocks) {
      const times = this.reachedBy.get(block) ?? 0;
      if (times < least) [rarest, least] = [block, times];
    }
    return rarest;
  }
}

function costOf({ heartbeats, candidate }: CorpusEntry): number {
  return (1 + heartbeats) * (1 + candidate.units.length);
}
