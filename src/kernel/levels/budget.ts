import { DontKnow } from '../failure.js';

/** The work that a question about levels may still take. */
export class Budget {
  constructor(private left: number) {}

  /** Takes some of it; DontKnow where that was too much. */
  spend(amount = 1): void {
    this.left -= amount;
    if (this.left < 0) throw new DontKnow('levels that take too long to compare');
  }
}
