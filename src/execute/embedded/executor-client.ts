/**
 * The worker's side of the protocol between worker and executor, whatever kind of Lean answers:
 *
 *   request    a list of jobs (job-codec.ts), as many as the request area has room for
 *   response   events as they happen, see ResponseReader; it may end anywhere, and all before that place counts
 *   fatal      the last event of an executor that is lost, with a FailureKind: it exits behind it
 *   progress   the index of the job in work; phase: the step or claim of it
 *   slot       executor_wanted and executor_kill ask the fork server, the words behind them are its answer
 *              (native/engine/fork_server.h)
 *
 * Only the numbers in ExecutorLimits are about a kind of Lean.
 */
import type { Execution, Failure, FailureKind, Job } from '../../api/execution.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import type { Environment } from '../../kernel/environment.js';
import type { NativeMailbox } from '../../native/addon.js';
import { ExecutorState, header, StopRequest, workerSlot } from '../../share/layout.js';
import type { SharedRegion } from '../../share/region.js';
import { ByteWriter } from '../../util/bytes.js';
import { UserError } from '../../util/errors.js';
import { Turns } from '../../util/turns.js';
import { writeJob } from '../job-codec.js';
import { ResponseReader } from './response-reader.js';

export interface ExecutorLimits {
  /** Wall-clock milliseconds that one job may take. Default 10,000. */
  jobMillis: number;
  /** Jobs after which the executor is replaced. Default 20,000. */
  recycleAfterJobs: number;
  /** Bytes of Lean memory above which the executor is replaced. Default 400 MiB. */
  recycleAboveBytes: number;
}
export const defaultLimits: ExecutorLimits = {
  jobMillis: 10_000,
  recycleAfterJobs: 20_000,
  recycleAboveBytes: 400 << 20,
};

/** Milliseconds for which no process can be had before that is an error. */
const forkMillis = 60_000;

/** Thrown when the campaign is told to stop at once while a request is open. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** A worker's executor: hands it jobs, enforces the limits, and replaces it whenever it can't be trusted. */
export class ExecutorClient {
  private readonly mailbox: NativeMailbox;
  private readonly slot: number;
  private readonly request = new ByteWriter(64 * 1024);
  private jobsRun = 0;
  private readonly turns = new Turns();
  /** Executors that were replaced because of a failure. */
  restarts = 0;

  constructor(
    private readonly region: SharedRegion,
    private readonly worker: number,
    private readonly limits: ExecutorLimits = defaultLimits,
    /** Hears of what the user should know: that no process can be had. */
    private readonly notice: (text: string) => void = () => undefined,
    /** What is known of the constants that the kernel level begins with. Default: those of the embedded Lean. */
    readonly base: Environment = commonEnvironment,
  ) {
    this.mailbox = region.mailbox(worker);
    this.slot = region.slot(worker);
  }

  /** Asks the zygote for a new executor (an older one is killed) and waits for it. */
  replace(): Promise<void> {
    return this.turns.take(() => this.fork());
  }

  /**
   * Runs jobs in order; the result has one execution for each. A job that ends its executor keeps what it had
   * finished, and those behind it run on a new one. Calls take turns: one may be made while another runs. `isWanted` is
   * asked before each request: where it says no, the result ends there.
   */
  run(jobs: readonly Job[], isWanted: () => boolean = () => true): Promise<Execution[]> {
    return this.turns.take(() => this.runAll(jobs, isWanted));
  }

  private async fork(): Promise<void> {
    const wanted = this.region.load(this.slot + workerSlot.executor_wanted) + 1;
    this.mailbox.abandon();
    this.region.store(this.slot + workerSlot.executor_wanted, wanted);
    this.region.native.ring(header.zygote_bell);
    const since = performance.now();
    let isTold = false;
    await this.waitUntil(() => {
      if (this.region.load(this.slot + workerSlot.executor_generation) === wanted) return true;
      if (this.region.load(this.slot + workerSlot.executor_state) !== ExecutorState.refused) return false;
      const errno = this.region.load(this.slot + workerSlot.executor_wait_status);
      const problem = `fork: no process for the executor (errno ${errno})`;
      if (!isTold) this.notice(`${problem}; it is tried again`);
      isTold = true;
      if (performance.now() - since > forkMillis)
        throw new UserError(
          `${problem} for ${forkMillis / 1000} s; are there limits of processes or memory?`,
        );
      return false;
    });
    this.mailbox.abandon(); // a predecessor that was killed in the middle of a request left it open
    this.jobsRun = 0;
  }

  private async runAll(jobs: readonly Job[], isWanted: () => boolean): Promise<Execution[]> {
    const executions: Execution[] = [];
    while (executions.length < jobs.length && isWanted()) {
      // The request before this one may have been left open by the stop.
      this.throwIfStopped();
      if (!this.alive) await this.fork();
      const rest = jobs.slice(executions.length);
      executions.push(...(await this.runUntilFailure(rest)));
    }
    return executions;
  }

  private throwIfStopped(): void {
    if (this.region.load(header.stop) === StopRequest.now) throw new Stopped('the campaign was stopped');
  }

  private get alive(): boolean {
    const { region, slot } = this;
    return (
      region.load(slot + workerSlot.executor_state) === ExecutorState.running &&
      region.load(slot + workerSlot.executor_generation) === region.load(slot + workerSlot.executor_wanted)
    );
  }

  /** Runs the first of the jobs, as many as fit into one request; one that does not fit is an execution that failed. */
  private async runUntilFailure(jobs: readonly Job[]): Promise<Execution[]> {
    const { count, bytes } = this.encode(jobs);
    if (count === 0) return [unasked(`a request of ${bytes} bytes, where ${this.requestRoom} fit`)];
    this.mailbox.post(this.request.bytes());
    const timedOut = await this.awaitResponse();
    const response = new ResponseReader(this.mailbox.response()).read();
    if (response.fatal === null && this.mailbox.answered && response.executions.length === count) {
      this.jobsRun += count;
      const tooLarge = response.usedBytes > this.limits.recycleAboveBytes;
      if (tooLarge || this.jobsRun >= this.limits.recycleAfterJobs) await this.fork();
      return response.executions;
    }
    await this.waitUntil(() => !this.alive);
    this.restarts++;
    this.mailbox.abandon();
    const failure = this.failureOf(timedOut, response.fatal);
    // The results of the jobs before it took the room: alone it may fit.
    if (failure.kind === 'too-large' && response.executions.length > 0) return response.executions;
    return [...response.executions, { ...response.unfinished, failure }];
  }

  /** Writes the request: as many of the jobs as fit. `bytes` is how large it would be with one more. */
  private encode(jobs: readonly Job[]): { count: number; bytes: number } {
    this.request.clear().u32(0);
    let count = 0;
    for (const job of jobs) {
      const before = this.request.length;
      writeJob(this.request, job);
      const bytes = this.request.length;
      if (bytes > this.requestRoom) {
        this.request.rewind(before).patchU32(0, count);
        return { count, bytes };
      }
      count++;
    }
    this.request.patchU32(0, count);
    return { count, bytes: this.request.length };
  }

  private get requestRoom(): number {
    return this.region.load(header.request_bytes);
  }

  /** Waits for the answer or the executor's death; true where it had to be killed for its time limit. */
  private async awaitResponse(): Promise<boolean> {
    let job = -1;
    let since = performance.now();
    const bell = this.region.mailboxBell(this.worker);
    for (;;) {
      const rung = this.region.load(bell);
      if (this.mailbox.answered || !this.alive) return false;
      this.throwIfStopped();
      if (this.mailbox.progress !== job) {
        job = this.mailbox.progress;
        since = performance.now();
      }
      const left = this.limits.jobMillis - (performance.now() - since);
      if (left <= 0) {
        await this.kill();
        return true;
      }
      await this.region.native.waitAsync(bell, rung, Math.min(200, Math.ceil(left)));
    }
  }

  private async kill(): Promise<void> {
    const generation = this.region.load(this.slot + workerSlot.executor_generation);
    this.region.store(this.slot + workerSlot.executor_kill, generation);
    this.region.native.ring(header.zygote_bell);
    await this.waitUntil(() => !this.alive);
  }

  private failureOf(timedOut: boolean, fatal: { kind: FailureKind; message: string } | null): Failure {
    const at = this.mailbox.phase;
    if (timedOut) return { kind: 'timeout', message: `no result after ${this.limits.jobMillis} ms`, at };
    if (fatal !== null) return { ...fatal, at };
    const status = this.region.load(this.slot + workerSlot.executor_wait_status);
    return { kind: 'crashed', message: `the executor ended: ${describeStatus(status)}`, at };
  }

  private async waitUntil(condition: () => boolean): Promise<void> {
    const bell = this.region.mailboxBell(this.worker);
    for (;;) {
      const rung = this.region.load(bell);
      if (condition()) return;
      this.throwIfStopped();
      await this.region.native.waitAsync(bell, rung, 200);
    }
  }
}

/** What came of a job that could not be handed over. */
function unasked(message: string): Execution {
  return { steps: [], claims: [], shapes: [], failure: { kind: 'too-large', message, at: 0 } };
}

/** A status as waitpid(2) gives it, in words. */
function describeStatus(status: number): string {
  const signal = status & 127;
  return signal === 0 ? `exit status ${(status >> 8) & 255}` : `killed by signal ${signal}`;
}
