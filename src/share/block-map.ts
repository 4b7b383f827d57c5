/**
 * Which blocks of the kernel's code the campaign has reached: one bit each, in the shared region. Executors set them,
 * as native/engine/block_map.h does; a bit that is set stays set, but for `restore`.
 */
export class BlockMap {
  constructor(
    private readonly words: Int32Array,
    /** Of the first word, in bytes. */
    private readonly offset: number,
    /** Blocks that are watched; 0 where none is. */
    readonly count: number,
  ) {}

  /** How many blocks have been reached. */
  get reached(): number {
    let reached = 0;
    for (const word of this.save()) reached += bitsIn(word);
    return Math.min(reached, this.count);
  }

  has(block: number): boolean {
    return ((this.load(block >> 5) >>> (block & 31)) & 1) === 1;
  }

  /** Marks blocks as reached; those that no campaign of this size has are left out. */
  mark(blocks: Iterable<number>): void {
    for (const block of blocks)
      if (block < this.count) Atomics.or(this.words, (this.offset >> 2) + (block >> 5), 1 << (block & 31));
  }

  /** The map as it is. */
  save(): Uint32Array {
    return Uint32Array.from({ length: (this.count + 31) >> 5 }, (_, index) => this.load(index));
  }

  /** Brings back what was saved: what was reached since has not been. For a time in which no executor runs. */
  restore(saved: Uint32Array): void {
    saved.forEach((word, index) => Atomics.store(this.words, (this.offset >> 2) + index, word));
  }

  private load(word: number): number {
    return Atomics.load(this.words, (this.offset >> 2) + word) >>> 0;
  }
}

function bitsIn(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
}
