/** The time of a campaign: from when its Lean has booted until no candidate is run any more. */
export class CampaignClock {
  private startedAt = 0;
  private endedAt: number | undefined;

  start(): void {
    this.startedAt = performance.now();
  }

  /** Only the first call counts. */
  end(): void {
    this.endedAt ??= performance.now();
  }

  get hasStarted(): boolean {
    return this.startedAt !== 0;
  }

  /** Beginning and end, or now, by performance.now(). */
  get span(): readonly [from: number, to: number] {
    return [this.startedAt, this.endedAt ?? performance.now()];
  }

  get elapsedSeconds(): number {
    const [from, to] = this.span;
    return this.hasStarted ? (to - from) / 1000 : 0;
  }
}
