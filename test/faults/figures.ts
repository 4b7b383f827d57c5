/** The faults of a fault campaign by kind, its rounds, ends, repairs and new beginnings, and all violations seen. */
export class Figures {
  private readonly byKind = new Map<string, number>();
  private readonly violations: string[] = [];
  private readonly since = performance.now();
  private rounds = 0;
  private ends = 0;
  private repairs = 0;
  private newBeginnings = 0;

  get faults(): number {
    return [...this.byKind.values()].reduce((sum, count) => sum + count, 0);
  }

  injected(kind: string): void {
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1);
  }
  violated(text: string): void {
    this.violations.push(text);
    console.warn(`VIOLATED: ${text}`);
  }
  roundDone(): void {
    this.rounds++;
  }
  endedInALine(): void {
    this.ends++;
  }
  repaired(): void {
    this.repairs++;
  }
  begunAnew(): void {
    this.newBeginnings++;
  }

  /** All of it, for people and for JSON. */
  report(lean: string, seed: number): Record<string, unknown> & { violations: readonly string[] } {
    return {
      ...{ lean, seed, faults: this.faults, rounds: this.rounds },
      seconds: Math.round((performance.now() - this.since) / 100) / 10,
      ...{ endedInALine: this.ends, repaired: this.repairs, begunAnew: this.newBeginnings },
      byKind: Object.fromEntries([...this.byKind].sort()),
      violations: this.violations,
    };
  }
}
