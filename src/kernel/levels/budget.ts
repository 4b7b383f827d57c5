import { DontKnow } from '../failure.js';

/** Whose steps a question about levels takes: those of the declaration that is checked. */
export interface Meter {
  /** Takes so many at once; DontKnow where there were too many. */
  take(steps: number): void;
}

/** The work that a question about levels may still take. */
export class Budget {
  private spent = 0;

  /** `perStep`: the work that takes a step of the meter. */
  constructor(
    private left: number,
    private readonly perStep: number,
    private readonly meter?: Meter,
  ) {}

  /** Takes some of it; DontKnow where that was too much. */
  spend(amount = 1): void {
    this.left -= amount;
    if (this.left < 0) throw new DontKnow('levels that take too long to compare');
    if (this.meter === undefined) return;
    this.spent += amount;
    if (this.spent < this.perStep) return;
    this.meter.take(Math.floor(this.spent / this.perStep));
    this.spent %= this.perStep;
  }
}

/** Nodes of a level that are looked at for nothing, and how many of a larger one count at most. */
const small = 1 << 10;
const maxCounted = 1 << 18;

/** Takes the steps of a look at each of so many nodes of a level, shared ones counted at each use. */
export function takeLook(meter: Meter, size: number): void {
  if (size > small) meter.take(Math.ceil(Math.min(size, maxCounted) / 8));
}

/** The same where each node is made anew. */
export function takeCopy(meter: Meter, size: number): void {
  if (size > small) meter.take(Math.min(size, maxCounted));
}
