/** Lets asynchronous actions take turns, in the order in which they were asked for; one that fails holds up nobody. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(action: () => Promise<T>): Promise<T> {
    const result = this.last.then(action);
    this.last = result.catch(() => undefined);
    return result;
  }
}
