/**
 * Inputs that differ, by the cause that they show. The first of a cause is made smaller, and the small form says what
 * it really comes from; later ones are taken for repeats, but now and then one of them is looked at again, less and
 * less often: it may be another cause under the same name.
 */
export class DifferenceGroups {
  private readonly seen = new Map<string, number>();

  /** Counts an input; true where it is to be made smaller. */
  meets(cause: string): boolean {
    const times = (this.seen.get(cause) ?? 0) + 1;
    this.seen.set(cause, times);
    return (times & (times - 1)) === 0;
  }
}
