import type { CorpusEntry } from '../api/entries.js';

/**
 * Entries that come before it is worked out anew which are favoured: so many, and such a part of all, so that the work
 * for an entry does not grow with their number.
 */
const chooseAfter = 32;
const choosePart = 1 / 8;
/** The part of all blocks whose top-rated entries an entry costs less than that is worth a look at all that it reaches. */
const worthyPart = 1 / 2;
/** A block that so many times fewer entries reach than there are is as rare as any. */
const rarityCap = 16;
/** Blocks that are counted: a damaged entry may name any number. */
const maxBlocks = 1 << 20;

const none = new Uint32Array(0);

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
  /** How many entries reach a block: a word for each, as far as blocks were seen. */
  private reachedBy = new Uint32Array(0);
  private addedSince = 0;
  private highest = Infinity;

  /**
   * The cost from which on an entry without a new block is no rival to the top-rated ones of most blocks: it would hardly
   * take the place of any. As of when the favoured ones were last chosen; infinite before.
   */
  get rivalCost(): number {
    return this.highest;
  }

  add(entry: CorpusEntry): void {
    const { blocks } = entry;
    if (blocks === undefined || blocks.length === 0) return;
    this.makeRoom(blocks);
    const cost = costOf(entry);
    for (const block of blocks) {
      this.count(block, 1);
      const top = this.topRated.get(block);
      if (top === undefined || cost < costOf(top)) this.topRated.set(block, entry);
    }
    // New ground is worth a try before it is known what else reaches it.
    this.standings.set(entry, { rarest: this.rarestOf(blocks), favoured: entry.newFeatures > 0 });
    if (++this.addedSince >= Math.max(chooseAfter, this.standings.size * choosePart)) this.choose();
  }

  remove(entry: CorpusEntry): void {
    if (!this.standings.delete(entry)) return;
    for (const block of entry.blocks ?? []) {
      this.count(block, -1);
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
    const times = Math.max(1, this.reachedBy[standing.rarest] ?? 1);
    return Math.sqrt(Math.min(rarityCap, Math.max(1, this.standings.size / times)));
  }

  private count(block: number, by: number): void {
    this.reachedBy[block] = (this.reachedBy[block] ?? 0) + by;
  }

  /** Makes room for blocks, which come in ascending order. No kernel has those that stay without. */
  private makeRoom(blocks: Uint32Array): void {
    const wanted = Math.min(maxBlocks, (blocks.at(-1) ?? 0) + 1);
    if (wanted <= this.reachedBy.length) return;
    const larger = new Uint32Array(Math.max(wanted, 2 * this.reachedBy.length));
    larger.set(this.reachedBy);
    this.reachedBy = larger;
  }

  private choose(): void {
    this.addedSince = 0;
    for (const [entry, standing] of this.standings) {
      standing.favoured = false;
      standing.rarest = this.rarestOf(entry.blocks ?? none);
    }
    const covered = new Uint8Array(this.reachedBy.length);
    for (const [block, entry] of this.topRated) {
      if (covered[block] === 1) continue;
      const standing = this.standings.get(entry);
      if (standing !== undefined) standing.favoured = true;
      for (const other of entry.blocks ?? none) covered[other] = 1;
    }
    const costs = Float64Array.from(this.topRated.values(), costOf).sort();
    this.highest = costs[Math.floor(costs.length * worthyPart)] ?? Infinity;
  }

  private rarestOf(blocks: Uint32Array): number {
    let rarest = -1;
    let least = Infinity;
    for (const block of blocks) {
      const times = this.reachedBy[block] ?? 0;
      if (times >= least) continue;
      rarest = block;
      least = times;
    }
    return rarest;
  }
}

/** How much each candidate costs that is made of an entry: heartbeats times units. */
export function costOf({ heartbeats, candidate }: Pick<CorpusEntry, 'heartbeats' | 'candidate'>): number {
  return (1 + heartbeats) * (1 + candidate.units.length);
}
