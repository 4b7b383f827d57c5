/** Seconds of bytes that may be saved up. */
const burstSeconds = 4;

/** A bound of bytes a second; what was not used for a while may be used at once. */
export class Bandwidth {
  private tokens: number;
  private since: number;

  constructor(
    private readonly bytesPerSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = bytesPerSecond;
    this.since = now();
  }

  /** Bytes that may be used now; never more than were saved up. */
  get left(): number {
    this.fill();
    return Math.max(0, this.tokens);
  }

  /** Counts bytes that were used; more than was left is made up for later. */
  use(bytes: number): void {
    this.fill();
    this.tokens -= bytes;
  }

  private fill(): void {
    const now = this.now();
    const gained = ((now - this.since) / 1000) * this.bytesPerSecond;
    this.tokens = Math.min(this.tokens + gained, this.bytesPerSecond * burstSeconds);
    this.since = now;
  }
}
