import type { CorpusEntry } from '../api/entries.js';
import type { Verdict } from '../api/verdict.js';
import { Stopped } from '../execute/client/executor-client.js';
import type { JobRunner, SteadyRunner } from '../judge/ask/job-runner.js';
import type { ClaimedWork, NativeLogRing, NativeWorkRing } from '../native/addon.js';
import { decodeEntry } from '../share/entry-codec.js';
import { header, workerSlot, type CounterName } from '../share/layout.js';
import { StopRequest } from '../share/states.js';
import type { SharedRegion } from '../share/region.js';
import { MalformedBytes } from '../util/bytes.js';
import { never } from '../util/errors.js';
import { candidateErrorOf, subjectOf, type ErrorRow } from './candidate-errors.js';
import { FollowUps, type Behind } from './follow-ups.js';
import type { ToWorker, WorkerOptions } from './message-protocol.js';
import type { Outbox } from './outbox.js';
import { conclude, execute, prepare } from './pipeline.js';
import type { Prepared, Run, Stages } from './stages.js';
import { traceLine } from './trace.js';
import { decodeTicket, maxAttempts, ticketPlan, type TicketPlan } from './work.js';

/** How often a worker reports what its mutators and categories have yielded. */
const yieldsEveryMillis = 2000;

/**
 * Answers that work in the background gets beside each candidate of source level: that takes a hundred times as long as
 * a question at kernel level, and with one answer in two rounds naming would take minutes.
 */
const turnsBesideSource = 2;

/** Milliseconds for which a worker waits for a ticket that was announced before it goes on without. */
const followedMillis = 5000;

/** The stages as the worker's loop sees them. */
export interface WorkerSide extends Stages {
  readonly target: Pick<JobRunner, 'replace'>;
  /** Runs the jobs that are asked again about candidates. */
  readonly followUps: SteadyRunner;
  readonly row: Pick<ErrorRow, 'done'>;
  /** Applies the outcome of a candidate to the generation of later ones. */
  apply(run: number): void;
  keep(entry: CorpusEntry): boolean;
  restore(entry: CorpusEntry): void;
  /** Leads that others have looked behind often enough. */
  exhaust(leads: readonly string[]): void;
  add(name: CounterName, by: number): void;
  sendCounted(): void;
  /** Work that belongs to no candidate, which is to begin now. */
  background(): Behind[];
  /** Makes a stored finding smaller until nothing more can be done, or it is over. */
  shrink(finding: Uint8Array, isOver: () => boolean): Promise<void>;
  stop(): void;
}

/** A candidate of a ticket. */
interface TicketRun {
  readonly run: number;
  readonly prepared: Prepared | undefined;
  readonly running: Promise<Run>;
  /** Its outcome; undefined while it is not known. */
  outcome: { readonly verdict: Verdict | undefined } | undefined;
}

/** A finding to make smaller, or that there is none. */
type ToShrink = Extract<ToWorker, { type: 'finding' }>['finding'];

/** A claimed ticket whose candidates were made and handed over. */
interface Open {
  readonly work: ClaimedWork;
  readonly isFollowed: boolean;
  readonly runs: TicketRun[];
  /** How many of them are done, from the first on. */
  done: number;
}

/**
 * One worker: claims tickets, generates, has its executor run the candidates, judges and shares. It works in rounds:
 * it makes a ticket and hands its candidates over one by one; then it judges the one that was handed over some rounds
 * before (TicketPlan.ahead); then it goes on with what has asked something behind that one, and hands over what is
 * asked now. So the executor has tickets in its mailbox while the worker judges another, nobody waits for an answer
 * while there is work (but for a few of naming, see FollowUps), and the order of all of it hangs on nobody's speed.
 */
export class Worker {
  private readonly ring: NativeWorkRing;
  private readonly plan: TicketPlan;
  private readonly beatAt: number;
  private readonly otherLogs: readonly NativeLogRing[];
  private readonly restored: Promise<void>;
  private onRestored: (() => void) | undefined;
  private retired = false;
  private leaves = false;
  private onFinding: ((finding: ToShrink) => void) | undefined;
  private missedBefore = 0;
  private countedSentAt = performance.now();
  /** Tickets in hand, oldest first, and those whose verdicts wait to be applied. */
  private readonly open: Open[] = [];

  constructor(
    private readonly region: SharedRegion,
    private readonly options: Pick<WorkerOptions, 'worker' | 'isolated' | 'trace' | 'level' | 'lake'>,
    private readonly outbox: Pick<Outbox, 'send' | 'flush'>,
  ) {
    const { worker, isolated } = options;
    this.plan = ticketPlan(options);
    this.ring = region.workRing();
    this.beatAt = region.slot(worker) + workerSlot.worker_beat;
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
      await Promise.all([this.restored, stages.target.replace()]);
      await this.work(stages, new FollowUps(stages.followUps));
      this.open.forEach((ticket) => this.apply(stages, ticket));
      if (!this.retired) await this.shrinkFindings(stages);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      stages.stop();
    }
    stages.sendCounted();
    await this.outbox.flush();
  }

  onMessage(stages: WorkerSide, message: Exclude<ToWorker, { type: 'template server' }>): void {
    switch (message.type) {
      case 'retire':
        this.retired = true;
        this.onFinding?.(undefined);
        return;
      case 'finding':
        return this.onFinding?.(message.finding);
      case 'exhausted':
        return stages.exhaust(message.leads);
      case 'leave findings':
        this.leaves = true;
        return;
      case 'entries':
        return this.takeStored(stages, message.entries);
      case 'others':
        // Before that they come with all that is stored.
        if (this.onRestored !== undefined) return;
        return message.entries.forEach((bytes) => this.take(stages, bytes, (entry) => stages.keep(entry)));
      default:
        return never(message);
    }
  }

  private takeStored(stages: WorkerSide, entries: readonly Uint8Array[]): void {
    const isFirst = this.onRestored !== undefined;
    for (const bytes of entries) {
      // A whole corpus takes seconds on a busy machine, and no timer beats meanwhile.
      this.region.store(this.beatAt, this.region.load(this.beatAt) + 1);
      this.take(stages, bytes, (entry) => (isFirst ? stages.restore(entry) : stages.keep(entry)));
    }
    this.onRestored?.();
    this.onRestored = undefined;
  }

  // ---- findings

  /** Makes findings smaller that the primary hands out, until it has none left. */
  private async shrinkFindings(stages: WorkerSide): Promise<void> {
    const isCut = (): boolean => this.leaves || this.region.load(header.stop) === StopRequest.now;
    while (!isCut()) {
      const asked = new Promise<ToShrink>((resolve) => (this.onFinding = resolve));
      this.outbox.send({ type: 'next finding' });
      const finding = await asked;
      if (finding === undefined) return;
      const until = performance.now() + finding.millis;
      await stages.shrink(finding.bytes, () => isCut() || performance.now() >= until);
      await this.outbox.flush();
    }
  }

  // ---- work

  private async work(stages: WorkerSide, followUps: FollowUps): Promise<void> {
    /** Tickets whose candidates were handed over and not judged, oldest first. */
    const handed: Open[] = [];
    for (;;) {
      for (const { act, pace } of this.isEnding ? [] : stages.background()) await followUps.begin(act, pace);
      const isIdle = handed.length === 0 && followUps.isEmpty;
      const ticket = this.isFull(stages) ? undefined : await this.claim(stages, isIdle, this.open.at(-1));
      if (ticket !== undefined) handed.push(ticket);
      else if (isIdle) return;
      const isAhead = handed.length > this.plan.ahead;
      const judged = isAhead || ticket === undefined ? handed.shift() : undefined;
      if (judged !== undefined) await this.judge(stages, followUps, judged);
      await followUps.goOn(Math.max(0, handed.length - 1), turnsBeside(judged));
      followUps.handOver();
      stages.add('judge_micros', followUps.millisAtWork * 1000);
      followUps.millisAtWork = 0;
      await this.finishInOrder(stages);
    }
  }

  /** Applies the verdicts that the next ticket is made with; true while one of them is not known yet. */
  private isFull(stages: WorkerSide): boolean {
    const [oldest] = this.open;
    if (oldest === undefined || this.open.length < this.plan.lag) return false;
    if (oldest.done < oldest.runs.length) return !this.isEnding;
    this.open.shift();
    this.apply(stages, oldest);
    return false;
  }

  private apply(stages: WorkerSide, { runs }: Open): void {
    runs.forEach(({ run }) => stages.apply(run));
  }

  /** The next ticket, made and handed over. Waits for one where there is nothing else to do, or one was announced. */
  private async claim(
    stages: WorkerSide,
    isIdle: boolean,
    before: Open | undefined,
  ): Promise<Open | undefined> {
    const isFollowed = before?.isFollowed === true;
    // Items that name this worker although it holds none: their words hold garbage, and nobody else would finish them.
    if (isIdle && this.open.every(({ done, runs }) => done === runs.length))
      this.ring.reopen(this.options.worker);
    const since = performance.now();
    for (;;) {
      const bell = this.region.load(this.region.workBell);
      const claimed = await this.tryClaim(stages);
      if (claimed !== undefined) return claimed;
      if (this.isEnding) return undefined;
      if (!isIdle && !(isFollowed && performance.now() - since < followedMillis)) return undefined;
      await this.region.native.waitAsync(this.region.workBell, bell, 200);
    }
  }

  private async tryClaim(stages: WorkerSide): Promise<Open | undefined> {
    if (this.isEnding) return undefined;
    const work = this.ring.claim(this.options.worker);
    if (work === undefined) return undefined;
    const { firstRun, count, isFollowed } = decodeTicket(work.payload);
    if (work.attempts > maxAttempts) return this.giveUp(stages, work, firstRun + work.progress, count);
    if (work.progress >= count) {
      await this.finish(work);
      return this.tryClaim(stages);
    }
    this.takeFromOthers(stages);
    const start = performance.now();
    const ticket: Open = { work, isFollowed, runs: [], done: 0 };
    for (let run = firstRun + work.progress; run < firstRun + count; run++) {
      const prepared = await prepare(stages, run);
      const running = prepared === undefined ? Promise.resolve('failed' as const) : execute(stages, prepared);
      running.catch(() => undefined); // whoever waits for it hears of it; nobody does where one before it failed
      ticket.runs.push({ run, prepared, running, outcome: undefined });
    }
    stages.add('generate_micros', (performance.now() - start) * 1000);
    this.open.push(ticket);
    return ticket;
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

  /** Judges the candidates of a ticket as they are run; what they ask is not waited for. */
  private async judge(stages: WorkerSide, followUps: FollowUps, { runs }: Open): Promise<void> {
    for (const one of runs) {
      const { prepared, running } = one;
      const run = await running;
      // Candidates that were not run stay in the ticket: where the campaign goes on, another worker gets them.
      if (run === 'unrun') return;
      if (run === 'failed' || prepared === undefined) {
        one.outcome = { verdict: undefined };
        continue;
      }
      const action = async (runner: SteadyRunner): Promise<void> => {
        one.outcome = { verdict: await conclude(stages, runner, prepared, run) };
      };
      await followUps.begin(action);
    }
  }

  /** Lets candidates count as done, in their order: as far as the verdicts are known. */
  private async finishInOrder(stages: WorkerSide): Promise<void> {
    for (const ticket of this.open) {
      const { runs, work } = ticket;
      const before = ticket.done;
      for (let one = runs[ticket.done]; one?.outcome !== undefined; one = runs[ticket.done]) {
        const { run, prepared, outcome } = one;
        stages.row.done(run);
        if (this.options.trace && prepared !== undefined && outcome.verdict !== undefined)
          this.outbox.send({ type: 'trace', line: traceLine(prepared.candidate, outcome.verdict) });
        ticket.done++;
      }
      if (ticket.done > before) {
        // Messages about a candidate must be sent before the candidate counts as done: this process may be killed.
        await this.outbox.flush();
        if (ticket.done === runs.length) await this.finish(work);
        else this.ring.setProgress(work.index, work.progress + ticket.done);
      }
      if (ticket.done < runs.length) break;
    }
    if (performance.now() - this.countedSentAt < yieldsEveryMillis) return;
    this.countedSentAt = performance.now();
    stages.sendCounted();
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

/** The answers that work in the background gets at once in the round of a ticket. */
function turnsBeside(ticket: Open | undefined): number {
  const isSource = ({ prepared }: TicketRun): boolean => prepared?.candidate.level === 'source';
  return turnsBesideSource * (ticket?.runs.filter(isSource).length ?? 0);
}

/** Says of a candidate that it ends workers. */
class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}
