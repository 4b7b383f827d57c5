import { closeSync, openSync, writeSync } from 'node:fs';
import type { CampaignListener, CampaignOptions, Snapshot, StopReason, Summary } from '../api/campaign.js';
import { identityOf, type LeanIdentity } from '../api/lean.js';
import type { KnownSignature } from '../judge/known.js';
import { header } from '../share/layout.js';
import { StopRequest } from '../share/states.js';
import { SharedRegion } from '../share/region.js';
import type { CampaignDatabase } from '../store/database.js';
import type { Workdir } from '../store/workdir.js';
import { packageVersion } from '../util/package.js';
import { replaceFile } from '../util/files.js';
import { asJson } from '../util/printable.js';
import { Collector } from './supervise/collector.js';
import { ErrorLog } from './supervise/error-log.js';
import type { GuestWorkers } from './join/guest-workers.js';
import type { JoinHost, OpenCampaign } from './join/host.js';
import type { ToPrimary } from './message-protocol.js';
import { restoreFeatures } from './restore-features.js';
import { addRows, type Rows } from './rows.js';
import { noTotals, takeSnapshot, totalsOf, type Totals } from './snapshot.js';
import { regionSizes } from './supervise/slots.js';
import { Solutions } from './solutions.js';
import { storedCounts, storedNumber } from './stored-values.js';
import type { TargetHost } from './supervise/target-host.js';
import { varietyWarning } from './variety.js';
import { WorkerPool } from './supervise/worker-pool.js';
import { ticketSizeAt, WorkSource } from './supervise/work-source.js';
import { YieldTable } from './yield-table.js';

/** How long a round of the primary's loop sleeps when nobody rings. */
const roundMillis = 50;
/** Entries that a starting worker, or one that was lapped, gets from the store. */
const catchUpEntries = 2000;
const statisticsEverySeconds = 10;

/** A campaign as it is run: every option filled, and what it works with open. */
export interface CampaignParts {
  readonly options: CampaignOptions & {
    readonly seed: number;
    readonly knownSignatures: readonly KnownSignature[];
  };
  readonly target: TargetHost;
  /** An existing folder that can be written. */
  readonly solutionsFolder: string;
  /** Open, and so is the database in it. */
  readonly workdir: Workdir;
  readonly database: CampaignDatabase;
  /** Where other terminals join; its listener passes on what this terminal hears. */
  readonly guests: JoinHost;
  readonly stop: { requested: StopRequest };
}

/** The primary's side of the pipeline (store, show), and the care for the processes. */
export class Campaign implements OpenCampaign {
  private readonly options: CampaignParts['options'];
  private readonly target: TargetHost;
  private readonly workdir: Workdir;
  private readonly solutionsFolder: string;
  private readonly database: CampaignDatabase;
  private readonly guests: JoinHost;
  private readonly listener: CampaignListener;
  private readonly stop: { requested: StopRequest };
  private readonly region: SharedRegion;
  private readonly pool: WorkerPool;
  private readonly collector: Collector;
  private readonly errors: ErrorLog;
  private readonly work: WorkSource;
  private readonly before: Totals;
  private readonly elapsedBefore: number;
  private readonly solutions = new Solutions();
  private readonly trace: number;
  private rows: Rows | null;
  private startedAt = 0;
  private endedAt: number | undefined;
  private failure: Error | undefined;
  private lastStatistics = -Infinity;
  private readonly yields = new YieldTable();
  /** Constants that were not looked at to the end. */
  private unlooked: number;
  private warned = false;

  constructor(parts: CampaignParts) {
    const { options, target, database, workdir, solutionsFolder } = parts;
    this.options = options;
    this.target = target;
    this.workdir = workdir;
    this.solutionsFolder = solutionsFolder;
    this.database = database;
    this.guests = parts.guests;
    this.listener = parts.guests.listener;
    this.stop = parts.stop;
    this.region = SharedRegion.create(regionSizes(options.cores));
    this.before = {
      ...noTotals,
      ...storedCounts(database, 'totals'),
      features: restoreFeatures(this.region, database),
    };
    this.elapsedBefore = storedNumber(database, 'elapsedSeconds', 0);
    this.unlooked = storedNumber(database, 'unlooked', 0);
    database.yields().forEach((row) => this.yields.add(row));
    const firstRun = storedNumber(database, 'nextRun', 0);
    this.work = new WorkSource(
      this.region.workRing(),
      this.region.workerCount,
      () => this.pool.workers.length,
      firstRun,
      firstRun + (options.runs ?? Infinity),
      // A candidate takes seconds there: what a worker has in hand should not be much.
      target.lake === null ? ticketSizeAt(options.level) : 1,
    );
    this.rows = target.lake === null ? null : storedCounts(database, 'checks');
    // Workers get their options as an argument, which has little room, and never ask what is known.
    const { knownSignatures, ...forWorkers } = options;
    this.pool = new WorkerPool(
      this.region,
      { ...forWorkers, importFrom: firstRun, lake: target.lake, lean: identityOf(target.lean) },
      {
        message: (worker, message) => this.guard(() => this.onMessage(worker, message)),
        replaced: (worker, how, reopened) =>
          this.listener.notice?.(
            `worker ${worker} ended (${how}) and was replaced; ${reopened} work items reopened`,
          ),
        failed: (error) => this.fail(error),
      },
    );
    const counted = JSON.parse(database.getValue('errors') ?? '{}') as Record<string, number>;
    this.errors = new ErrorLog(workdir.errors, counted, (text) => this.listener.notice?.(text));
    this.collector = new Collector(this.region, database, {
      campaignFolder: workdir.folder,
      solutionsFolder,
      leadsFolder: workdir.leads,
      target: options.target,
      lean: target.lean,
      mutant: options.kernelMutant ?? undefined,
      elapsedSeconds: () => this.elapsedSeconds,
      jobMillis: options.jobMillis,
      known: knownSignatures,
      onFinding: (finding, folder, known) => {
        if (finding.verdict.kind === 'solution') this.solutions.add(finding.id, folder, known !== null);
        this.listener.finding?.(finding, folder, known);
      },
      onError: (error) => this.errors.add(error),
      onFolder: ({ id }, folder) => {
        if (this.solutions.written(id, folder)) target.confirm(folder);
      },
      notice: (text) => this.listener.notice?.(text),
    });
    this.trace = options.trace ? openSync(workdir.trace, 'a') : -1;
  }

  async run(): Promise<Summary> {
    const bootedAt = performance.now();
    try {
      this.pool.add(this.options.cores);
      await this.target.boot(this.region, (error) => this.fail(error));
      this.startedAt = performance.now();
      this.listener.started?.({
        campaignFolder: this.workdir.folder,
        seed: this.options.seed,
        lean: this.target.lean,
        bootSeconds: Math.round((this.startedAt - bootedAt) / 100) / 10,
      });
      this.guests.admit(this);
      const reason = await this.loop();
      this.guests.close();
      await this.finishWorkers();
      await this.target.confirmed();
      if (this.failure === undefined) return this.conclude(reason);
      this.persist(this.snapshot());
      throw this.failure;
    } finally {
      this.region.store(header.stop, StopRequest.now);
      this.ringAll();
      await this.pool.stop(500);
      if (this.trace >= 0) closeSync(this.trace);
      this.collector.finish();
    }
  }

  /** Fills the work ring, stores what comes, shows how it goes; ends when there is a reason to. */
  private async loop(): Promise<StopReason> {
    let shownAt = -Infinity;
    for (;;) {
      const bell = this.region.load(header.primary_bell);
      this.work.fill();
      this.collector.collect();
      if (this.elapsedSeconds - shownAt >= 1) {
        shownAt = this.elapsedSeconds;
        this.show();
      }
      const reason = this.reasonToStop();
      if (reason !== undefined || this.failure !== undefined) return reason ?? 'signal';
      await this.region.native.waitAsync(header.primary_bell, bell, roundMillis);
    }
  }

  private reasonToStop(): StopReason | undefined {
    const { timeMillis, stopOnSolution } = this.options;
    if (this.stop.requested !== StopRequest.run) return 'signal';
    if (timeMillis !== null && this.elapsedSeconds * 1000 >= timeMillis) return 'time';
    const awaited = this.solutions.folders(0, stopOnSolution === 'new' ? false : undefined);
    if (stopOnSolution !== 'off' && awaited.length > 0) return 'solution';
    return this.work.exhausted ? 'runs' : undefined;
  }

  /** Lets the workers finish what they have in hand; a second request from the user cuts that short. */
  private async finishWorkers(): Promise<void> {
    this.region.store(header.stop, Math.max(StopRequest.finish, this.stop.requested));
    this.ringAll();
    // Not by a timer of its own: what the store can't do must be heard of here.
    for (const ended = this.pool.stop(this.patienceMillis); ; this.ringAll()) {
      const isOver = await Promise.race([ended.then(() => true), pause(roundMillis)]);
      this.collector.collect();
      if (isOver === true) break;
      if (this.stop.requested === StopRequest.now) this.region.store(header.stop, StopRequest.now);
    }
    this.endedAt = performance.now();
  }

  /** Milliseconds in which a worker should be able to finish what it has in hand. */
  private get patienceMillis(): number {
    return this.options.jobMillis * 2 + 2000;
  }

  private ringAll(): void {
    this.region.native.ring(this.region.workBell);
    this.region.native.ring(header.zygote_bell);
    for (const worker of this.pool.workers) this.region.native.ring(this.region.mailboxBell(worker));
  }

  // ---- other terminals

  get lean(): LeanIdentity {
    return this.target.lean;
  }

  get freeWorkers(): number {
    return this.pool.freeSlots.length;
  }

  get solutionCount(): number {
    return this.solutions.count;
  }

  enter(count: number): GuestWorkers {
    const group = this.pool.add(count);
    this.target.grow(this.pool.workers.length);
    return { workers: group.workers, leave: (now) => group.retire(now ? 0 : this.patienceMillis) };
  }

  summary(stoppedBy: StopReason, since: number): Summary | undefined {
    let summary: Summary | undefined;
    this.guard(() => (summary = this.summarize(stoppedBy, since)));
    return summary;
  }

  // ---- what is shown and kept

  private summarize(stoppedBy: StopReason, since = 0): Summary {
    this.collector.collect();
    return {
      type: 'summary',
      unlooked: this.unlooked,
      stoppedBy,
      seed: this.options.seed,
      campaignFolder: this.workdir.folder,
      solutionFolders: this.solutions.folders(since),
      knownSolutionFolders: this.solutions.folders(since, true),
      unwritten: this.solutions.unwritten(since),
      yields: this.yields.all(),
      ...this.snapshot(),
    };
  }

  private conclude(stoppedBy: StopReason): Summary {
    this.collector.finish();
    const summary = this.summarize(stoppedBy);
    this.persist(summary);
    replaceFile(this.workdir.summary, `${asJson(summary, 2)}\n`);
    this.listener.finished?.(summary);
    return summary;
  }

  private show(): void {
    const snapshot = this.snapshot();
    this.listener.progress?.(snapshot);
    this.warnOfMonotony(snapshot);
    if (this.elapsedSeconds - this.lastStatistics < statisticsEverySeconds) return;
    this.lastStatistics = this.elapsedSeconds;
    this.persist(snapshot);
  }

  private warnOfMonotony(snapshot: Snapshot): void {
    const warning = this.warned ? undefined : varietyWarning(snapshot);
    if (warning === undefined) return;
    this.warned = true;
    this.listener.notice?.(warning);
  }

  /** Everything that a resumed campaign continues from. */
  private persist(snapshot: Snapshot): void {
    this.database.together(() => {
      this.database.addStatistics(snapshot);
      this.database.setYields(this.yields.all());
      this.database.setValue('totals', JSON.stringify(totalsOf(this.region, this.before)));
      this.database.setValue('elapsedSeconds', String(snapshot.elapsedSeconds));
      this.database.setValue('nextRun', String(this.work.next));
      this.database.setValue('unlooked', String(this.unlooked));
      this.database.setValue('seed', String(this.options.seed));
      this.database.setValue('solutionsFolder', this.solutionsFolder);
      this.database.setValue('packageVersion', packageVersion);
      this.database.setValue('errors', JSON.stringify(this.errors.counts));
      if (this.rows !== null) this.database.setValue('checks', JSON.stringify(this.rows));
    });
  }

  private snapshot(): Snapshot {
    return takeSnapshot(this.region, {
      elapsedSeconds: this.elapsedSeconds,
      elapsedBefore: this.elapsedBefore,
      totals: totalsOf(this.region, this.before),
      before: this.before,
      corpus: this.database.countEntries(),
      signatures: this.database.countSignatures(),
      errors: this.errors.total,
      dropped: this.collector.missed + this.collector.damaged,
      workers: this.pool.workers,
      workerSeconds: this.pool.workerMillis(this.startedAt, this.endedAt ?? performance.now()) / 1000,
      isAlive: (worker) => this.pool.isAlive(worker),
      checks: this.rows,
    });
  }

  private get elapsedSeconds(): number {
    return this.startedAt === 0 ? 0 : ((this.endedAt ?? performance.now()) - this.startedAt) / 1000;
  }

  private onMessage(worker: number, message: ToPrimary): void {
    switch (message.type) {
      case 'catch-up':
        return this.pool.send(worker, {
          type: 'entries',
          entries: this.database.newestEntries(catchUpEntries, this.options.isolated ? worker : null),
        });
      case 'entry':
        return this.collector.takeEntry(message.bytes);
      case 'finding':
        return this.collector.takeFinding(message.bytes);
      case 'error':
        return this.errors.add(message.error);
      case 'yields':
        message.yields.forEach((row) => this.yields.add(row));
        return;
      case 'unlooked':
        this.unlooked += message.constants;
        return;
      case 'notice':
        return this.listener.notice?.(`worker ${worker}: ${message.text}`);
      case 'trace':
        if (this.trace >= 0) writeSync(this.trace, `${message.line}\n`);
        return;
      case 'rows':
        if (this.rows !== null) this.rows = addRows(this.rows, message.rows);
        return;
      case 'fatal':
        return; // the pool reports it as a failure
    }
  }

  /** For what the event loop calls: nobody else would hear of an error there, and the process would end. */
  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.region.native.ring(header.primary_bell);
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
