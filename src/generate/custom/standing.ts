/** So many failures in a row, or in all, switch a mutator off; and so many hooks in a row that gave nothing. */
const limits = { failuresInRow: 5, failures: 100, nothingInRow: 300 } as const;

/** How a custom mutator has behaved, and whether it may go on. */
export class Standing {
  calls = 0;
  /** Calls that threw, hung, exited or took too much memory. */
  failures = 0;
  /** Results that were refused. */
  refused = 0;
  private failuresInRow = 0;
  private nothingInRow = 0;
  private reason: string | undefined;

  /** Why it was switched off; undefined while it is on. */
  get offBecause(): string | undefined {
    return this.reason;
  }

  gaveSomething(): void {
    this.calls++;
    this.failuresInRow = 0;
    this.nothingInRow = 0;
  }

  /** Nothing to offer, or a veto. */
  gaveNothing(): void {
    this.calls++;
    this.failuresInRow = 0;
    if (++this.nothingInRow >= limits.nothingInRow)
      this.reason ??= `it gave nothing or a veto ${this.nothingInRow} times in a row`;
  }

  failed(how: 'failed' | 'refused'): void {
    this.calls++;
    if (how === 'failed') this.failures++;
    else this.refused++;
    if (++this.failuresInRow >= limits.failuresInRow)
      this.reason ??= `it failed ${this.failuresInRow} times in a row`;
    else if (this.failures + this.refused >= limits.failures)
      this.reason ??= `it failed ${limits.failures} times`;
  }
}
