import { counterNames, type CounterName } from './layout.js';
import type { SharedRegion } from './region.js';

/** How much a counter of one worker may grow in a second, and at once: more than any does, microseconds included. */
const mostPerSecond = 1e7;
const mostAtOnce = 1e9;

/**
 * The workers' counters as the primary believes them. They are in memory that may come to hold garbage: one that has
 * shrunk, or has grown by more than it can, is put back to what it was when it was read before.
 */
export class SaneCounters {
  private readonly known = new Map<string, bigint>();
  private readAt: number;

  constructor(
    private readonly region: SharedRegion,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.readAt = now();
  }

  /** The sums over all workers. */
  sums(): Record<CounterName, number> {
    const sums = Object.fromEntries(counterNames.map((name) => [name, 0])) as Record<CounterName, number>;
    const seconds = (this.now() - this.readAt) / 1000;
    const most = BigInt(Math.round(mostAtOnce + seconds * mostPerSecond));
    for (let worker = 0; worker < this.region.workerCount; worker++)
      for (const name of counterNames) sums[name] += Number(this.look(worker, name, most));
    this.readAt = this.now();
    return sums;
  }

  /** One worker's counter, as it was when the sums were made last. */
  of(worker: number, name: CounterName): number {
    return Number(this.known.get(`${worker} ${name}`) ?? 0n);
  }

  private look(worker: number, name: CounterName, most: bigint): bigint {
    const key = `${worker} ${name}`;
    const before = this.known.get(key) ?? 0n;
    const found = this.region.exactCounter(worker, name);
    const isBelievable = found >= before && found - before <= most;
    if (!isBelievable) this.region.restoreCounter(worker, name, before);
    const value = isBelievable ? found : before;
    if (value !== 0n) this.known.set(key, value);
    return value;
  }
}
