import type { Candidate } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import type { Execution } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import { Stopped } from '../execute/embedded/executor-client.js';
import type { ClaimedWork, NativeLogRing, NativeWorkRing } from '../native/addon.js';
import { decodeEntry } from '../share/entry-codec.js';
import { header, StopRequest, type CounterName } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import { MalformedBytes } from '../util/bytes.js';
import { candidateErrorOf, subjectOf, type ErrorRow } from './candidate-errors.js';
import type { ToWorker, WorkerOptions } from './message-protocol.js';
import type { Outbox } from './outbox.js';
import { concludeBatch, executeBatch, prepareBatch } from './pipeline.js';
import type { Batch, Stages } from './stages.js';
import type { TimedRunner } from './timed-runner.js';
import { traceLine } from './trace.js';
import { decodeTicket, maxAttempts } from './work.js';

/** How often a worker reports what its mutators and categories have yielded. */
const yieldsEveryMillis = 2000;

/** The stages as the worker's loop sees them. */
export interface WorkerSide extends Stages {
  readonly executor: Pick<TimedRunner, 'run' | 'replace' | 'waited' | 'base'>;
  readonly row: Pick<ErrorRow, 'clear'>;
  readonly errors: number;
  keep(entry: CorpusEntry): boolean;
  restore(entry: CorpusEntry): void;
  add(name: CounterName, by: number): void;
  sendCounted(): void;
  stop(): void;
}

/** A claimed ticket and what was generated for it. */
interface Claimed {
  readonly work: ClaimedWork;
  readonly batch: Batch;
}

/** A claimed ticket whose batch the executor has. */
interface Started {
  readonly claimed: Claimed;
  readonly running: Promise<(Execution | undefined)[]>;
}

/**
 * One worker: claims tickets, generates, has its executor run the batch, judges and shares. While the executor runs a
 * batch, the one behind it is generated, and the one before it judged.
 */
export class Worker {
  private readonly ring: NativeWorkRing;
  private readonly otherLogs: readonly NativeLogRing[];
  private readonly restored: Promise<void>;
  private onRestored: (() => void) | undefined;
  private retired = false;
  private missedBefore = 0;
  private countedSentAt = performance.now();

  constructor(
    private readonly region: SharedRegion,
    private readonly options: Pick<WorkerOptions, 'worker' | 'isolated' | 'trace'>,
    private readonly outbox: Pick<Outbox, 'send' | 'flush'>,
  ) {
    const { worker, isolated } = options;
    this.ring = region.workRing();
    const others = Array.from({ length: region.workerCount }, (_, i) => i).filter((i) => i !== worker);
    this.otherLogs = isolated ? [] : others.map((other) => region.corpusLog(other, 'newest'));
    this.restored = new Promise((resolve) => (this.onRestored = resolve));
  }

  /** True when no more tickets are to be claimed, and what is in hand is not to be handed over any more. */
  get isEnding(): boolean {
    return this.retired || this.region.load(header.stop) !== StopRequest.run;
  }

  /** Works until the end; all that it said has left this process when this resolves. */
  async run(stages: WorkerSide): Promise<void> {
    this.outbox.send({ type: 'catch-up' });
    try {
      await Promise.all([this.restored, stages.executor.replace()]);
      let current = this.started(stages, await this.claim(stages));
      let next = await this.tryClaim(stages);
      while (current !== undefined) {
        const executions = await current.running;
        const started = this.started(stages, next);
        next = await this.tryClaim(stages);
        await this.conclude(stages, current.claimed, executions);
        if (started === undefined) {
          current = this.started(stages, next ?? (await this.claim(stages)));
          next = undefined;
        } else {
          current = started;
        }
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      stages.stop();
    }
    stages.sendCounted();
    await this.outbox.flush();
  }

  onMessage(stages: WorkerSide, message: ToWorker): void {
    if (message.type === 'retire') {
      this.retired = true;
      return;
    }
    const isFirst = this.onRestored !== undefined;
    for (const bytes of message.entries)
      this.take(stages, bytes, (entry) => (isFirst ? stages.restore(entry) : stages.keep(entry)));
    this.onRestored?.();
    this.onRestored = undefined;
  }

  // ---- work

  /** Has the executor run what was claimed, if anything was. */
  private started(stages: WorkerSide, claimed: Claimed | undefined): Started | undefined {
    if (claimed === undefined) return undefined;
    const running = executeBatch(stages, claimed.batch);
    running.catch(() => undefined); // whoever waits for it hears of it; nobody does where the batch before it failed
    return { claimed, running };
  }

  /** Waits for a ticket; undefined when there will be none any more. */
  private async claim(stages: WorkerSide): Promise<Claimed | undefined> {
    for (;;) {
      const bell = this.region.load(this.region.workBell);
      const claimed = await this.tryClaim(stages);
      if (claimed !== undefined) return claimed;
      if (this.isEnding) return undefined;
      await this.region.native.waitAsync(this.region.workBell, bell, 200);
    }
  }

  private async tryClaim(stages: WorkerSide): Promise<Claimed | undefined> {
    if (this.isEnding) return undefined;
    const work = this.ring.claim(this.options.worker);
    if (work === undefined) return undefined;
    const { firstRun, count } = decodeTicket(work.payload);
    if (work.attempts > maxAttempts) return this.giveUp(stages, work, firstRun + work.progress, count);
    this.takeFromOthers(stages);
    const start = performance.now();
    const runs = Array.from({ length: count - work.progress }, (_, i) => firstRun + work.progress + i);
    const batch = await prepareBatch(stages, runs);
    stages.add('generate_micros', (performance.now() - start) * 1000);
    return { work, batch };
  }

  /** A ticket that has ended so many workers is the outcome of the first of its candidates that is not done. */
  private async giveUp(
    stages: WorkerSide,
    work: ClaimedWork,
    run: number,
    count: number,
  ): Promise<undefined> {
    const error = new WorkerEnded(`its worker has ended ${maxAttempts} times`);
    const subject = { seed: stages.seed, run, candidate: null };
    this.outbox.send({ type: 'error', error: candidateErrorOf('run', subject, error) });
    stages.add('dropped', count - work.progress);
    await this.finish(work);
    return undefined;
  }

  private async conclude(
    stages: WorkerSide,
    { work, batch }: Claimed,
    executions: readonly (Execution | undefined)[],
  ): Promise<void> {
    const start = performance.now();
    const waitedBefore = stages.executor.waited;
    let errorsBefore = stages.errors;
    const done = async (
      place: number,
      candidate: Candidate | null,
      verdict: Verdict | undefined,
    ): Promise<void> => {
      if (candidate !== null && stages.errors === errorsBefore) stages.row.clear();
      errorsBefore = stages.errors;
      if (this.options.trace && candidate !== null && verdict !== undefined)
        this.outbox.send({ type: 'trace', line: traceLine(candidate, verdict) });
      // What is said of a candidate must have left before the candidate counts as done: this process may be killed.
      await this.outbox.flush();
      this.ring.setProgress(work.index, work.progress + place + 1);
    };
    await concludeBatch(stages, batch, executions, done);
    // What is run again, to confirm or to make smaller, is the executor's time.
    const waited = stages.executor.waited - waitedBefore;
    stages.add('judge_micros', (performance.now() - start - waited) * 1000);
    // What was not run stays a ticket of this worker: where the campaign goes on, somebody else gets it.
    if (executions.length === batch.length) await this.finish(work);
    if (start - this.countedSentAt > yieldsEveryMillis) {
      this.countedSentAt = performance.now();
      stages.sendCounted();
    }
  }

  private async finish(work: ClaimedWork): Promise<void> {
    await this.outbox.flush();
    this.ring.finish(this.options.worker, work.index);
    this.region.native.ring(header.primary_bell);
  }

  // ---- the corpus of the others

  private takeFromOthers(stages: WorkerSide): void {
    let missed = 0;
    for (const log of this.otherLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read())
        this.take(stages, bytes, (entry) => stages.keep(entry));
      missed += log.missed;
    }
    if (missed > this.missedBefore) {
      stages.add('missed', missed - this.missedBefore);
      this.missedBefore = missed;
      this.outbox.send({ type: 'catch-up' });
    }
  }

  /** Takes an entry in; one that can't be read or taken is passed over. */
  private take(stages: WorkerSide, bytes: Uint8Array, action: (entry: CorpusEntry) => void): void {
    let entry: CorpusEntry | undefined;
    try {
      entry = decodeEntry(bytes);
      action(entry);
    } catch (error) {
      if (entry !== undefined) {
        const subject = subjectOf(entry.candidate);
        this.outbox.send({ type: 'error', error: candidateErrorOf('share', subject, error) });
      } else if (error instanceof MalformedBytes) {
        stages.add('dropped', 1);
      } else throw error;
    }
  }
}

/** Says of a candidate that it ends workers. */
class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}
