import type { InputLevel, LevelChoice } from '../api/execution.js';
import type { Random } from '../util/random.js';

/** Cost of a candidate by level, in nominal milliseconds: shares must not depend on the machine's clock. */
const cost: Record<InputLevel, number> = { source: 40, kernel: 1.5 };
/** Neither level gets less of the time than this. */
const floor = 0.2;
/** Share of a level's yield and time that remains after each further candidate of it: older finds count less. */
const memory = 0.998;

/** Shares time between the levels by what each has found lately: new features for the time it took. */
export class LevelShares {
  private readonly found: Record<InputLevel, number> = { source: 1, kernel: 1 };
  private readonly spent: Record<InputLevel, number> = { source: 1, kernel: 1 };

  constructor(private readonly levels: LevelChoice) {}

  /** The level of the next candidate. */
  choose(random: Random): InputLevel {
    if (this.levels !== 'both') return this.levels;
    const share = this.shareOfSource();
    return random.chance(share / cost.source / (share / cost.source + (1 - share) / cost.kernel))
      ? 'source'
      : 'kernel';
  }

  /** The share of the time that the source level gets. */
  shareOfSource(): number {
    const source = this.found.source / this.spent.source;
    const kernel = this.found.kernel / this.spent.kernel;
    return Math.min(1 - floor, Math.max(floor, source / (source + kernel)));
  }

  learn(level: InputLevel, newFeatures: number): void {
    this.found[level] = this.found[level] * memory + newFeatures;
    this.spent[level] = this.spent[level] * memory + cost[level];
  }
}
