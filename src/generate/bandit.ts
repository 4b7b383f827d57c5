import type { Random } from '../util/random.js';

/** Something to choose, with how often it is tried before anything is known of it. */
export interface Arm {
  readonly name: string;
  readonly weight: number;
}

/** What is left of a try and of what it found after each later one; older finds count less. */
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

  choose<A extends Arm>(random: Random, arms: readonly A[]): A {
    const chosen = arms[random.weighted(arms.map((arm) => arm.weight * this.factor(arm.name)))];
    if (chosen === undefined) throw new RangeError('no arms to choose from');
    return chosen;
  }

  /** How much better than the average of all arms this one is, within bounds. */
  factor(name: string): number {
    const average = (sum(this.found) + 1) / (sum(this.tries) + 1);
    const own = ((this.found.get(name) ?? 0) + trust * average) / ((this.tries.get(name) ?? 0) + trust);
    return Math.min(bound, Math.max(1 / bound, own / average));
  }

  learn(name: string, newFeatures: number): void {
    for (const counts of [this.tries, this.found])
      counts.forEach((value, arm) => counts.set(arm, value * memory));
    this.tries.set(name, (this.tries.get(name) ?? 0) + 1);
    this.found.set(name, (this.found.get(name) ?? 0) + Math.min(newFeatures, maxFound));
  }
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  counts.forEach((value) => (total += value));
  return total;
}
