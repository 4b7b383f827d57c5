import type { NativeWorkRing } from '../../native/addon.js';
import { runOfMachine } from '../sync/machine-identity.js';
import { encodeTicket } from '../work.js';

/** Tickets that wait per worker, so that none runs dry while the primary is busy. */
const readyPerWorker = 4;

/** Keeps the work ring filled with tickets until the runs are used up. */
export class WorkSource {
  /** Runs that have been handed out. */
  private handedOut = 0;

  constructor(
    private readonly ring: NativeWorkRing,
    /** The primary's name as an owner of items: none of a worker. */
    private readonly owner: number,
    /** How many workers there are now. */
    private readonly workers: () => number,
    private nextRun: number,
    /** How many runs there are; Infinity where there is no limit. */
    private runs: number,
    /** Candidates of one ticket. */
    private readonly ticketSize: number,
  ) {}

  /** The number of the first run that has not been handed out. */
  get next(): number {
    return this.nextRun;
  }

  /** From here on runs have another machine's number above theirs; as many as were left are left. */
  renumber(machine: number): void {
    this.nextRun = runOfMachine(this.nextRun, machine);
  }

  /** From here on there are so many runs in all; what has been handed out is finished. */
  limitTo(runs: number): void {
    this.runs = runs;
  }

  fill(): void {
    // The primary's own name is the last of the owners.
    this.ring.heal(this.owner + 1);
    let { ready } = this.ring.count();
    const wanted = this.workers() * readyPerWorker;
    while (ready < wanted && this.handedOut < this.runs) {
      const left = this.runs - this.handedOut;
      const count = Math.min(this.ticketSize, left);
      const isFollowed = this.workers() === 1 && count < left;
      if (!this.ring.push(this.owner, encodeTicket({ firstRun: this.nextRun, count, isFollowed }))) return;
      this.nextRun += count;
      this.handedOut += count;
      ready++;
    }
  }

  /** True when every run was handed out and finished. */
  get exhausted(): boolean {
    const { ready, taken } = this.ring.count();
    return this.handedOut >= this.runs && ready === 0 && taken === 0;
  }
}
