import type { Random } from '../util/random.js';

/** Something to choose, with how often it is tried before anything is known of it. */
export interface Arm {
  readonly name: string;
  readonly weight: number;
}

/** Share of a try and of its finds that remains after each later try: older finds count less. */
const memory = 0.998;
/** Tries of average yield that each arm starts with, so that one lucky find does not decide. */
const trust = 8;
/** Nothing is tried less or more often than its weight says, by more than this factor. */
const bound = 4;
/** New features that one candidate counts for: the first candidates find many, whatever made them. */
const maxFound = 8;

/**
 * Chooses among arms by their weights and by what each has found lately. It depends on the order of what it learns,
 * never on the clock: with one worker a campaign repeats.
 */
export class Bandit {
  private readonly tries = new Map<string, number>();
  private readonly found = new Map<string, number>();
  private readonly work = new Map<string, number>();

  choose<A extends Arm>(random: Random, arms: readonly A[]): A {
    const chosen = arms[random.weighted(arms.map((arm) => arm.weight * this.factor(arm.name)))];
    if (chosen === undefined) throw new RangeError('no arms to choose from');
    return chosen;
  }

  /** How much more this one finds with its work than the average of all arms, within bounds. */
  factor(name: string): number {
    const tries = sum(this.tries) + 1;
    const averageFound = (sum(this.found) + 1) / tries;
    const averageWork = (sum(this.work) + 1) / tries;
    const found = (this.found.get(name) ?? 0) + trust * averageFound;
    const work = (this.work.get(name) ?? 0) + trust * averageWork;
    return Math.min(bound, Math.max(1 / bound, found / averageFound / (work / averageWork)));
  }

  /** Takes in a try of an arm: the new features that it showed, and the work that it was, in any unit. */
  learn(name: string, newFeatures: number, work: number): void {
    for (const counts of [this.tries, this.found, this.work])
      counts.forEach((value, arm) => counts.set(arm, value * memory));
    add(this.tries, name, 1);
    add(this.found, name, Math.min(newFeatures, maxFound));
    add(this.work, name, work);
  }
}

function add(counts: Map<string, number>, name: string, amount: number): void {
  counts.set(name, (counts.get(name) ?? 0) + amount);
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  counts.forEach((value) => (total += value));
  return total;
}
