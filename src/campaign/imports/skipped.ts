/** What an import leaves out, counted by kind: one line for each. */
export class Skipped {
  private readonly kinds = new Map<string, { count: number; first: string }>();

  /** Counts one more of a kind; the first of each is named, and why. */
  add(kind: string, name: string, why?: string): void {
    const before = this.kinds.get(kind);
    if (before !== undefined) before.count++;
    else this.kinds.set(kind, { count: 1, first: why === undefined ? name : `${name}: ${why}` });
  }

  get lines(): string[] {
    return [...this.kinds].map(
      ([kind, { count, first }]) => `${count} ${kind} left out, ${count === 1 ? '' : 'first '}${first}`,
    );
  }
}
