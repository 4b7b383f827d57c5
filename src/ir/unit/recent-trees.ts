/** Something whose tree can be made again from its words. */
export interface Rebuildable {
  /** Words that it has, for what its tree takes. */
  readonly words: number;
  /** The round in which it was asked for last; for RecentTrees alone. */
  round: number;
  dropTree(): void;
}

/**
 * Which trees of declarations are kept: those that were asked for lately. A corpus has thousands, and what is worked out
 * of a declaration (what it adds, what our kernel says of it) lives as long as its tree. With all of them a worker's
 * heap is full after some minutes, and it does little but collect garbage.
 *
 * Rounds take turns: when the trees of one have come to `wordsARound`, those that were last asked for in the one before
 * are dropped, and the next one begins. So what is kept has been asked for among the last one to two times as many words.
 */
export class RecentTrees {
  private round = 1;
  private words = 0;
  private current: Rebuildable[] = [];
  private before: readonly Rebuildable[] = [];

  constructor(private readonly wordsARound: number) {}

  /** One was asked for. */
  touch(one: Rebuildable): void {
    if (one.round === this.round) return;
    one.round = this.round;
    this.current.push(one);
    this.words += one.words;
    if (this.words >= this.wordsARound) this.turn();
  }

  private turn(): void {
    for (const one of this.before) if (one.round < this.round) one.dropTree();
    this.before = this.current;
    this.current = [];
    this.words = 0;
    this.round++;
  }
}
