import type { Execution, Job } from '../../api/execution.js';

/** The requests of one call; their answers are handed over together. */
export class Call {
  private readonly executions: (Execution | undefined)[];
  private open: number;

  constructor(
    count: number,
    readonly isWanted: () => boolean,
    private readonly resolve: (executions: Execution[]) => void,
    readonly reject: (reason: unknown) => void,
  ) {
    this.executions = new Array<Execution | undefined>(count);
    this.open = count;
  }

  /** Takes one of its answers; undefined for what is not run. The result ends before the first of those. */
  answer(index: number, execution: Execution | undefined): void {
    this.executions[index] = execution;
    if (--this.open > 0) return;
    const result: Execution[] = [];
    for (const one of this.executions) {
      if (one === undefined) break;
      result.push(one);
    }
    this.resolve(result);
  }
}

/** Something asked for that no executor has yet. */
export type Asked = AskedJob | { readonly kind: 'replace'; readonly call: Call };

/** A job that no executor has yet. */
export interface AskedJob {
  readonly kind: 'job';
  readonly job: Job;
  readonly call: Call;
  /** Its place among the answers of the call. */
  readonly index: number;
  /** Executors that have ended with this as their next job, before they began it. */
  readonly neverBegun: number;
  /** Executors that somebody outside has killed while they were at it. */
  readonly killed: number;
}

/** A job that is in an executor's mailbox. */
export interface InFlight {
  readonly asked: AskedJob;
  readonly number: number;
  /** Nobody wants to know any more, and it had not begun when that was seen. */
  isCut: boolean;
}

/** Requests that wait for an executor, in order, and those in its mailbox. */
export class JobQueue {
  private readonly waiting: Asked[] = [];
  readonly inFlight: InFlight[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.inFlight.length === 0;
  }

  add(asked: readonly Asked[]): void {
    this.waiting.push(...asked);
  }

  /** The same, before all else that waits. */
  addFirst(asked: readonly Asked[]): void {
    if (asked.length > 0) this.waiting.unshift(...asked);
  }

  /** The next request to hand over. Requests that are no longer wanted are answered with nothing on the way. */
  get next(): Asked | undefined {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (next.kind === 'replace' || next.call.isWanted()) return next;
      this.waiting.shift();
      next.call.answer(next.index, undefined);
    }
    return undefined;
  }

  /** The next has been handed over, as a job of this number, or is done with. */
  shift(number?: number): void {
    const asked = this.waiting.shift();
    if (number !== undefined && asked?.kind === 'job') this.inFlight.push({ asked, number, isCut: false });
  }

  /** The oldest in flight is done. */
  finish(execution: Execution): void {
    const done = this.inFlight.shift();
    done?.asked.call.answer(done.asked.index, execution);
  }

  /**
   * Jobs in flight wait again, in the same order, before all else; what came to the oldest is counted for it, or for the
   * first that waits where none was in flight.
   */
  recall(oldest: 'unharmed' | 'never begun' | 'killed'): void {
    this.waiting.unshift(...this.inFlight.splice(0).map(({ asked }) => asked));
    const [first] = this.waiting;
    if (first?.kind !== 'job') return;
    if (oldest === 'never begun') this.waiting[0] = { ...first, neverBegun: first.neverBegun + 1 };
    if (oldest === 'killed') this.waiting[0] = { ...first, killed: first.killed + 1 };
  }

  /** Nothing of it will be run. */
  reject(reason: unknown): void {
    const calls = new Set(
      [...this.inFlight.map(({ asked }) => asked), ...this.waiting].map(({ call }) => call),
    );
    this.inFlight.length = 0;
    this.waiting.length = 0;
    calls.forEach((call) => call.reject(reason));
  }

  /** Nothing of one call will be run. */
  rejectCall(call: Call, reason: unknown): void {
    for (let i = this.waiting.length - 1; i >= 0; i--)
      if (this.waiting[i]?.call === call) this.waiting.splice(i, 1);
    call.reject(reason);
  }
}
