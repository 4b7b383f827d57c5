import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { CampaignListener, CampaignOptions, Snapshot, StopReason, Summary } from '../api/campaign.js';
import { CustomMutators } from '../generate/custom/custom-mutators.js';
import { loadGenerator } from '../generate/grammar/load-grammar.js';
import { loadImports } from '../generate/text/lean-files.js';
import { leanPackage } from '../execute/embedded/package-files.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../execute/embedded/zygote-options.js';
import type { KnownSignature } from '../judge/known.js';
import { header, StopRequest } from '../share/layout.js';
import { SharedRegion } from '../share/region.js';
import { CampaignDatabase } from '../store/database.js';
import { readKnownFile, shippedKnownFile } from '../store/known-file.js';
import { Workdir } from '../store/workdir.js';
import { messageOf, unusable } from '../util/errors.js';
import { packageVersion } from '../util/package.js';
import { Collector } from './collector.js';
import type { ToPrimary } from './message-protocol.js';
import { addRows, type Rows } from './rows.js';
import { noTotals, takeSnapshot, totalsOf, type Totals } from './snapshot.js';
import { startTarget, type TargetHost } from './target-host.js';
import { varietyWarning } from './variety.js';
import { WorkerPool } from './worker-pool.js';
import { WorkSource } from './work-source.js';
import { YieldTable } from './yield-table.js';

/** How long a round of the primary's loop sleeps when nobody rings. */
const roundMillis = 50;
/** Entries that a starting worker, or one that was lapped, gets from the store. */
const catchUpEntries = 2000;
const statisticsEverySeconds = 10;

/**
 * Runs a campaign to its end: the primary's side of the pipeline (store, show), and the care for the processes.
 * `stop.requested` may be set at any time: 1 finishes in order, 2 ends at once. Throws UserError for what the user
 * can mend; whatever happens, no process, lock or temporary file stays behind.
 */
export async function runCampaign(
  options: CampaignOptions,
  listener: CampaignListener,
  stop: { requested: StopRequest },
): Promise<Summary> {
  await loadGenerator(options);
  loadImports(options);
  // Bad files are refused here, before anything exists; the workers have threads of their own.
  new CustomMutators(options.mutators, null, { notice: () => undefined, refused: () => undefined }).stop();
  const solutionsFolder = writableFolder(options.solutionsFolder, 'solutions folder');
  const knownSignatures = [shippedKnownFile(leanPackage.leanVersion), ...options.known].flatMap(
    readKnownFile,
  );
  const newSeed = options.seed ?? randomInt(2 ** 32);
  const workdir =
    options.campaignFolder === null
      ? Workdir.named(newSeed, new Date())
      : new Workdir(options.campaignFolder);
  const zygoteOptions = zygoteOptionsOf(options);
  workdir.open();
  let database: CampaignDatabase | undefined;
  try {
    database = CampaignDatabase.open(workdir.database);
    const seed = options.seed ?? Number(database.getValue('seed') ?? newSeed);
    const target = await startTarget(options, zygoteOptions, listener, stop);
    try {
      return await new Campaign(
        { ...options, seed, knownSignatures },
        target,
        solutionsFolder,
        workdir,
        database,
        listener,
        stop,
      ).run();
    } finally {
      await target.stop();
    }
  } catch (error) {
    // A folder that was made for a campaign which never began holds nothing.
    if (options.campaignFolder === null && database?.countEntries() === 0) workdir.remove();
    throw error;
  } finally {
    database?.close();
    workdir.close();
  }
}

class Campaign {
  private readonly region: SharedRegion;
  private readonly pool: WorkerPool;
  private readonly collector: Collector;
  private readonly work: WorkSource;
  private readonly before: Totals;
  private readonly elapsedBefore: number;
  private readonly solutions = new Map<string, { known: boolean }>();
  private readonly trace: number;
  private rows: Rows | null;
  private startedAt = 0;
  private endedAt: number | undefined;
  private failure: Error | undefined;
  private lastStatistics = -Infinity;
  private readonly yields = new YieldTable();
  private warned = false;

  constructor(
    private readonly options: CampaignOptions & {
      readonly seed: number;
      readonly knownSignatures: readonly KnownSignature[];
    },
    private readonly target: TargetHost,
    solutionsFolder: string,
    private readonly workdir: Workdir,
    private readonly database: CampaignDatabase,
    private readonly listener: CampaignListener,
    private readonly stop: { requested: StopRequest },
  ) {
    this.region = SharedRegion.create({ workers: options.cores });
    this.before = { ...noTotals, ...(JSON.parse(database.getValue('totals') ?? '{}') as Partial<Totals>) };
    this.elapsedBefore = Number(database.getValue('elapsedSeconds') ?? 0);
    database.yields().forEach((row) => this.yields.add(row));
    const firstRun = Number(database.getValue('nextRun') ?? 0);
    this.work = new WorkSource(
      this.region.workRing(),
      options.cores,
      firstRun,
      firstRun + (options.runs ?? Infinity),
      // A candidate takes seconds there: what a worker has in hand should not be much.
      target.lake === null ? undefined : 1,
    );
    this.rows = target.lake === null ? null : (JSON.parse(database.getValue('checks') ?? '{}') as Rows);
    this.pool = new WorkerPool(
      this.region,
      { ...options, importFrom: firstRun, lake: target.lake },
      {
        message: (worker, message) => this.onMessage(worker, message),
        replaced: (worker, how, reopened) =>
          listener.notice?.(
            `worker ${worker} ended (${how}) and was replaced; ${reopened} work items reopened`,
          ),
        failed: (error) => this.fail(error),
      },
    );
    this.collector = new Collector(this.region, database, {
      solutionsFolder,
      leadsFolder: workdir.leads,
      target: options.target,
      leanVersion: target.leanVersion,
      mutant: options.kernelMutant ?? undefined,
      elapsedSeconds: () => this.elapsedSeconds,
      known: options.knownSignatures,
      onFinding: (finding, folder, known) => {
        if (finding.verdict.kind === 'solution') this.solutions.set(folder, { known: known !== null });
        if (finding.verdict.kind === 'solution') target.confirm(folder);
        listener.finding?.(finding, folder, known);
      },
      onSmaller: ({ verdict }, folder, formerFolder) => {
        const former = this.solutions.get(formerFolder);
        if (verdict.kind !== 'solution' || former === undefined) return;
        this.solutions.delete(formerFolder);
        this.solutions.set(folder, former);
        target.confirm(folder);
      },
    });
    this.trace = options.trace ? openSync(workdir.trace, 'a') : -1;
  }

  async run(): Promise<Summary> {
    const bootedAt = performance.now();
    try {
      this.pool.startAll();
      await this.target.boot(this.region, (error) => this.fail(error));
      this.startedAt = performance.now();
      this.listener.started?.({
        campaignFolder: this.workdir.folder,
        seed: this.options.seed,
        leanVersion: this.target.leanVersion,
        bootSeconds: Math.round((this.startedAt - bootedAt) / 100) / 10,
      });
      const reason = await this.loop();
      await this.finishWorkers();
      await this.target.confirmed();
      if (this.failure !== undefined) throw this.failure;
      return this.conclude(reason);
    } finally {
      this.region.store(header.stop, StopRequest.now);
      this.ringAll();
      await this.pool.stop(500);
      this.collector.collect();
      if (this.trace >= 0) closeSync(this.trace);
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
    const awaited = stopOnSolution === 'new' ? this.solutionFolders(false) : [...this.solutions.keys()];
    if (stopOnSolution !== 'off' && awaited.length > 0) return 'solution';
    return this.work.exhausted ? 'runs' : undefined;
  }

  /** Lets the workers finish what they have in hand; a second request from the user cuts that short. */
  private async finishWorkers(): Promise<void> {
    this.region.store(header.stop, Math.max(StopRequest.finish, this.stop.requested));
    this.ringAll();
    const cut = setInterval(() => {
      this.collector.collect();
      if (this.stop.requested === StopRequest.now) this.region.store(header.stop, StopRequest.now);
      this.ringAll();
    }, 50);
    await this.pool.stop(this.options.jobMillis * 2 + 2000);
    clearInterval(cut);
    this.endedAt = performance.now();
  }

  private ringAll(): void {
    this.region.native.ring(this.region.workBell);
    this.region.native.ring(header.zygote_bell);
    for (let worker = 0; worker < this.options.cores; worker++)
      this.region.native.ring(this.region.mailboxBell(worker));
  }

  private conclude(stoppedBy: StopReason): Summary {
    this.collector.collect();
    const snapshot = this.snapshot();
    const summary: Summary = {
      type: 'summary',
      stoppedBy,
      seed: this.options.seed,
      campaignFolder: this.workdir.folder,
      solutionFolders: [...this.solutions.keys()],
      knownSolutionFolders: this.solutionFolders(true),
      yields: this.yields.all(),
      ...snapshot,
    };
    this.persist(snapshot);
    writeFileSync(this.workdir.summary, `${JSON.stringify(summary, null, 2)}\n`);
    this.listener.finished?.(summary);
    return summary;
  }

  private solutionFolders(known: boolean): string[] {
    return [...this.solutions].filter(([, solution]) => solution.known === known).map(([folder]) => folder);
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
      this.database.setValue('seed', String(this.options.seed));
      this.database.setValue('packageVersion', packageVersion);
      this.database.setValue('leanVersion', this.target.leanVersion);
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
      dropped: this.collector.missed + this.collector.damaged,
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
        if (this.options.isolated) return;
        return this.pool.send(worker, {
          type: 'entries',
          entries: this.database.newestEntries(catchUpEntries),
        });
      case 'yields':
        message.yields.forEach((row) => this.yields.add(row));
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

  private fail(error: Error): void {
    this.failure ??= error;
    this.region.native.ring(header.primary_bell);
  }
}

function zygoteOptionsOf({ memoryLimitMiB, kernelMutant }: CampaignOptions): ZygoteOptions {
  const options = { ...defaultZygoteOptions, memoryLimitMiB };
  return kernelMutant === null ? options : { ...options, mutant: kernelMutant };
}

/** Creates a folder where it is missing and proves that files can be written into it. */
function writableFolder(folder: string, what: string): string {
  const path = resolve(folder);
  const probe = join(path, `.write-test-${process.pid}`);
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(probe, 'x');
    rmSync(probe);
    return path;
  } catch (error) {
    throw unusable(what, path, `a folder that can be written (${messageOf(error)})`);
  }
}
