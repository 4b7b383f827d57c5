import { closeSync, openSync, writeSync } from 'node:fs';
import type { CampaignListener, StopReason, Summary } from '../api/campaign.js';
import { identityOf, type LeanIdentity } from '../api/lean.js';
import type { WrongAnswer } from '../execute/native/trial.js';
import { encodeFinding } from '../share/entry-codec.js';
import { header } from '../share/layout.js';
import { StopRequest } from '../share/states.js';
import { SharedRegion } from '../share/region.js';
import { workerOptions } from '../options/option-table.js';
import { pause } from '../util/until-aborted.js';
import { isReadOnly } from '../store/writable-folder.js';
import { syncHostOf } from './sync/host-of.js';
import type { SyncLoop } from './sync/sync-loop.js';
import { Finds } from './finds.js';
import { Limits } from './limits.js';
import { bugsOf } from '../judge/known-bugs.js';
import { BootProgress } from './boot-progress.js';
import { canaryFinding } from './supervise/canary-finding.js';
import { Collector } from './supervise/collector.js';
import { ErrorLog } from './supervise/error-log.js';
import type { GuestWorkers } from './join/guest-workers.js';
import type { OpenCampaign } from './join/host.js';
import { OpinionDesk } from './supervise/opinion-desk.js';
import { Rest } from './supervise/rest.js';
import { regionSizes } from './supervise/slots.js';
import { findingContextOf, type CampaignParts } from './campaign-parts.js';
import { CampaignStatus } from './campaign-status.js';
import { CampaignClock } from './clock.js';
import { CampaignRecord } from './record.js';
import { StoreCare } from './supervise/store-care.js';
import { storedCounts } from '../store/stored-values.js';
import { Watchdog } from './supervise/watchdog.js';
import { takeMessage, type MessageTakers } from './supervise/worker-messages.js';
import type { Workers } from './supervise/worker-pool.js';
import { WorkSource } from './supervise/work-source.js';
import { ticketPlan } from './work.js';

/** How long a round of the primary's loop sleeps when nobody rings. */
const roundMillis = 50;
/** How long a write waits for another program's lock before it is tried again later: nobody is heard meanwhile. */
const lockMillis = 200;
/** Milliseconds for which others are still asked what they have in hand when the workers have ended. */
const deskMillis = 15_000;

/** The primary's side of the pipeline (store, show), and the care for the processes. */
export class Campaign implements OpenCampaign {
  private readonly listener: CampaignListener;
  private readonly region: SharedRegion;
  private readonly pool: Workers;
  private readonly collector: Collector;
  private readonly errors: ErrorLog;
  private readonly work: WorkSource;
  private readonly record: CampaignRecord;
  private readonly care: StoreCare;
  private readonly watchdog: Watchdog;
  private readonly takers: MessageTakers;
  private readonly desk: OpinionDesk | undefined;
  private readonly sync: SyncLoop | undefined;
  private readonly finds = new Finds();
  private readonly limits: Limits;
  private readonly trace: number;
  private readonly clock = new CampaignClock();
  private readonly status: CampaignStatus;
  private shrinkMillis = 0;
  private isFinishing = false;
  private rest: Rest | undefined;
  private failure: Error | undefined;

  constructor(private readonly parts: CampaignParts) {
    const { options, target, database, workdir } = parts;
    this.listener = parts.guests.listener;
    const notice = (text: string): void => this.listener.notice?.(text);
    this.region = SharedRegion.create(regionSizes(options.cores, parts.blocks));
    this.record = new CampaignRecord(this.region, database, target.lake !== null, parts.sync?.machineNumber);
    const { firstRun } = this.record;
    this.work = new WorkSource(
      this.region.workRing(),
      this.region.workerCount,
      () => this.pool.workers.length,
      firstRun,
      options.runs ?? Infinity,
      ticketPlan({ level: options.level, lake: target.lake }).size,
    );
    this.pool = parts.startPool(
      this.region,
      {
        ...workerOptions(options),
        ...{ seed: options.seed, importFrom: firstRun, isCore: target.isCore },
        lake: () => target.lake,
        asksOthers: parts.desk !== undefined,
        lean: identityOf(target.lean),
      },
      {
        message: (worker, message) => this.store(() => takeMessage(this.takers, worker, message)),
        replaced: (worker, how, reopened) =>
          notice(`worker ${worker} ended (${how}) and was replaced; ${reopened} work items reopened`),
        failed: (error) => this.fail(error),
      },
    );
    this.errors = new ErrorLog(workdir.errors, storedCounts(database, 'errors'), notice);
    database.waitForLocks(lockMillis);
    this.watchdog = new Watchdog(notice);
    this.care = new StoreCare({
      campaignFolder: workdir.folder,
      isInPlace: () => database.isInPlace,
      isReadOnly: () => isReadOnly(workdir.folder),
      rescue: () => this.collector.rescue(),
      notice,
    });
    this.collector = new Collector(this.region, database, {
      ...findingContextOf(parts),
      elapsedSeconds: () => this.clock.elapsedSeconds,
      onFinding: (finding, folder, known) => {
        this.finds.add(finding, folder, known);
        this.listener.finding?.(finding, folder, known);
      },
      onError: (error) => this.errors.add(error),
      onFolder: (finding, folder) => {
        const isOfThisRun = this.finds.written(finding, folder);
        if (isOfThisRun) target.crossCheck(finding, folder);
        this.desk?.askAbout(finding, folder);
      },
      notice,
    });
    const lead = (bytes: Uint8Array): void => this.store(() => this.takeLead(bytes));
    this.desk = parts.desk && new OpinionDesk(parts.desk, { lead, notice }, this.record.opinions);
    this.trace = options.trace ? openSync(workdir.trace, 'a') : -1;
    const { pool, collector, errors, record, desk, region, work } = this;
    this.sync = parts.sync?.start(
      syncHostOf(parts, {
        ...{ region, collector, pool, work, notice },
        snapshot: () => this.status.snapshot(),
        store: (action) => this.store(action),
        isStoreReady: () => this.isStoreReady,
      }),
    );
    const { sync, clock, finds, care } = this;
    this.status = new CampaignStatus(parts, {
      ...{ clock, record, collector, errors, work, pool, finds, care, desk, sync },
    });
    this.limits = new Limits(options, parts.stop.signal, {
      ...{ work, sync, elapsedSeconds: () => this.clock.elapsedSeconds },
      solutions: () => collector.solutions,
      hasNewSolution: () => this.finds.folders(0, false).length > 0,
    });
    this.takers = {
      ...{ pool, database, collector, errors, record, desk, sync, isolated: options.isolated },
      elapsedSeconds: () => this.clock.elapsedSeconds,
      nextToShrink: () => this.nextToShrink(),
      trace: (line) => {
        if (this.trace >= 0) writeSync(this.trace, `${line}\n`);
      },
      notice,
    };
  }

  /** Whether its Lean has booted, so that candidates could run. */
  get hasBegun(): boolean {
    return this.clock.hasStarted;
  }

  async run(): Promise<Summary> {
    try {
      const reason = (await this.boot()) ? await this.loop() : 'signal';
      this.parts.guests.close();
      await this.finishWorkers(reason);
      await this.desk?.finish(this.clock.hasStarted ? deskMillis : 0, this.parts.stop.now);
      await this.parts.target.crossChecked();
      await this.sync?.finish(this.parts.stop.now);
      if (this.failure === undefined) return await this.status.conclude(reason);
      throw this.failure;
    } catch (error) {
      this.failure ??= error as Error;
      throw error;
    } finally {
      this.parts.target.leave();
      this.region.store(header.stop, StopRequest.now);
      this.ringAll();
      await this.pool.stop(Math.min(500, this.patienceMillis), this.parts.stop.now);
      await this.desk?.stop();
      await this.sync?.stop();
      if (this.trace >= 0) closeSync(this.trace);
      if (this.failure !== undefined)
        this.care.keepBehind(this.failure, [() => this.collector.finish(), () => this.status.persist()]);
    }
  }

  /** False where the user has ended the campaign before there was anything to finish. */
  private async boot(): Promise<boolean> {
    const boot = new BootProgress(this.listener);
    const { signal } = this.parts.stop;
    let wrong: readonly WrongAnswer[];
    try {
      await this.desk?.boot(signal);
      this.pool.add(this.parts.options.cores);
      wrong = await this.parts.target.boot(this.region, {
        failed: (error) => this.fail(error),
        step: boot.onStep,
        moved: ({ socketPath }) => this.pool.sendAll({ type: 'template server', socketPath }),
      });
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
    this.clock.start();
    this.listener.started?.({
      ...this.status.about,
      ...boot.end(),
      knownBugs: bugsOf(this.lean.version).has,
    });
    wrong.forEach((answer) => this.reportWrong(answer));
    this.parts.guests.admit(this);
    this.sync?.start();
    return true;
  }

  /** A wrong answer that the Lean gave before anything was made is a lead like any other. */
  private reportWrong(answer: WrongAnswer): void {
    this.listener.notice?.(`lead: this Lean is wrong about ${answer.about}`);
    this.takeLead(encodeFinding(canaryFinding(answer, this.parts.options.seed)));
  }

  /** Stores a lead that no worker has found. */
  private takeLead(bytes: Uint8Array): void {
    this.collector.takeFinding(bytes);
    this.region.addCounter(0, 'leads', 1);
  }

  /** Fills the work ring, stores what comes, shows how it goes; ends when there is a reason to. */
  private async loop(): Promise<StopReason> {
    let shownAt = -Infinity;
    for (;;) {
      const bell = this.region.load(header.primary_bell);
      this.goRound(StopRequest.run);
      if (this.care.goOn()) {
        this.work.fill();
        this.care.do(() => this.collector.collect());
      }
      const { elapsedSeconds } = this.clock;
      if (elapsedSeconds - shownAt >= 1) {
        shownAt = elapsedSeconds;
        this.care.look();
        if (this.care.goOn()) this.care.do(() => this.status.show());
      }
      const reason = this.limits.reasonToStop();
      if (reason !== undefined || this.failure !== undefined) return reason ?? 'signal';
      await this.region.native.waitAsync(header.primary_bell, bell, roundMillis);
    }
  }

  /** Begins a round: who lives must go on, and the word that tells everybody what is due must say so. */
  private goRound(due: StopRequest): void {
    if (this.region.load(header.stop) !== due) this.region.store(header.stop, due);
    this.watchdog.look(() => [...this.pool.watched, this.parts.target.watched ?? []].flat());
  }

  /** Lets the workers finish what they have in hand; a second request from the user cuts that short. */
  private async finishWorkers(reason: StopReason): Promise<void> {
    const { now, signal } = this.parts.stop;
    this.isFinishing = true;
    // A worker waits for as long as what it has found is not stored.
    this.care.end(now.aborted);
    this.shrinkMillis =
      this.parts.target.lake !== null || reason === 'signal' ? 0 : this.parts.options.minimizeMillis;
    this.region.store(header.stop, StopRequest.finish);
    this.ringAll();
    // Not by a timer of its own: what the store can't do must be heard of here.
    for (const ended = this.pool.stop(this.patienceMillis + this.shrinkMillis, now); ; this.ringAll()) {
      const isOver = await Promise.race([ended.then(() => true), pause(roundMillis, now)]);
      this.goRound(now.aborted ? StopRequest.now : StopRequest.finish);
      if (this.care.goOn()) this.care.do(() => this.collector.collect());
      if (isOver === true) break;
      if (!signal.aborted || reason === 'signal') continue;
      // The user does not want to wait for smaller findings.
      this.rest?.leave();
      this.pool.sendAll({ type: 'leave findings' });
    }
    this.clock.end();
    await this.care.keep(() => this.collector.collectLast(), this.parts.stop.now);
  }

  /** The next finding that a worker which is done is to make smaller. */
  private nextToShrink(): ReturnType<Rest['next']> {
    // One that garbage told of an end is replaced; else no candidate is run from here on, and the time is over.
    if (!this.isFinishing) return undefined;
    this.clock.end();
    this.collector.collect();
    this.rest ??= new Rest(this.parts.database.findings, this.shrinkMillis, (text) =>
      this.listener.notice?.(text),
    );
    return this.rest.next();
  }

  /** Milliseconds in which a worker should be able to finish what it has in hand: nothing, before Lean has booted. */
  private get patienceMillis(): number {
    return this.clock.hasStarted ? this.parts.options.jobMillis * 2 + 2000 : 0;
  }

  private ringAll(): void {
    this.region.native.ring(this.region.workBell);
    this.region.native.ring(header.zygote_bell);
    for (const worker of this.pool.workers) this.region.native.ring(this.region.mailboxBell(worker));
  }

  // ---- other terminals

  get lean(): LeanIdentity {
    return this.parts.target.lean;
  }

  get freeWorkers(): number {
    return this.pool.freeSlots.length;
  }

  get foundCount(): number {
    return this.finds.count;
  }

  enter(count: number): GuestWorkers {
    const group = this.pool.add(count);
    this.parts.target.grow(this.pool.workers.length);
    return { workers: group.workers, leave: (now) => group.retire(now ? 0 : this.patienceMillis) };
  }

  summary(stoppedBy: StopReason, since: number): Summary | undefined {
    let summary: Summary | undefined;
    this.store(() => (summary = this.status.summarize(stoppedBy, since)));
    return summary;
  }

  // ---- errors

  /** For what the event loop calls: nobody else would hear of an error there, and the process would end. */
  private store(action: () => void): void {
    try {
      this.care.do(action);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Whether what is to be stored is stored at once. */
  private get isStoreReady(): boolean {
    const done: true[] = [];
    this.store(() => done.push(true));
    return done.length > 0;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.region.native.ring(header.primary_bell);
  }
}
