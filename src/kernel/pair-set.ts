/** A set of ordered pairs of objects, by identity. */
export class PairSet {
  private readonly seconds = new Map<object, Set<object>>();

  has(a: object, b: object): boolean {
    return this.seconds.get(a)?.has(b) ?? false;
  }

  add(a: object, b: object): void {
    const known = this.seconds.get(a);
    if (known === undefined) this.seconds.set(a, new Set([b]));
    else known.add(b);
  }

  clear(): void {
    this.seconds.clear();
  }
}
