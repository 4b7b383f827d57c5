/** Lets asynchronous actions take turns, in the order in which they were asked for; one that fails holds up nobody. */
export class Turns {
  private last: Promise<void> | undefined;

  /** Begins the action before it returns where nobody is at work: who asks may be busy for a while afterwards. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const result = this.last === undefined ? action() : this.last.then(action);
    const ended: Promise<void> = result.then(
      () => this.end(ended),
      () => this.end(ended),
    );
    this.last = ended;
    return result;
  }

  private end(ended: Promise<void>): void {
    if (this.last === ended) this.last = undefined;
  }
}
