import type { Candidate, Unit } from '../api/candidate.js';
import type { CorpusEntry, Finding } from '../api/entries.js';
import type { Execution, Level } from '../api/execution.js';
import { ExecutorClient, defaultLimits, Stopped } from '../execute/embedded/executor-client.js';
import { LakeExecutor } from '../execute/lake/lake-executor.js';
import { attemptsAtFalse, type Attempt } from '../generate/kernel/falsify.js';
import { CustomMutators } from '../generate/custom/custom-mutators.js';
import type { GrammarGenerator } from '../generate/grammar/grammar-generator.js';
import { loadGenerator } from '../generate/grammar/load-grammar.js';
import { Choices } from '../generate/choices.js';
import { loadImports } from '../generate/text/lean-files.js';
import { LevelShares } from '../generate/level-shares.js';
import { ChunkStore } from '../generate/mutators/source/chunk-store.js';
import { makeCandidate, type CorpusView, type ScheduleOptions } from '../generate/schedule.js';
import type { ClaimedWork, NativeLogRing, NativeWorkRing } from '../native/addon.js';
import { WorkerCorpus } from '../share/corpus.js';
import { decodeEntry, encodeEntry, encodeFinding } from '../share/entry-codec.js';
import { header, StopRequest, workerSlot } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import { MalformedBytes } from '../util/bytes.js';
import { Random } from '../util/random.js';
import type { ToPrimary, ToWorker, WorkerOptions } from './message-protocol.js';
import type { Verdict } from '../api/verdict.js';
import { YieldTable } from './yield-table.js';
import { concludeBatch, prepareBatch, type Batch, type Counts, type Stages } from './pipeline.js';
import { Look } from '../judge/ask/look.js';
import { Pursuit } from '../judge/ask/pursuit.js';
import { rowsOf } from './rows.js';
import { TimedRunner } from './timed-runner.js';
import { traceLine } from './trace.js';
import { trimEntry } from './shrink/trim.js';
import { decodeTicket, maxAttempts } from './work.js';

/** How often a worker reports what its mutators and categories have yielded. */
const yieldsEveryMillis = 2000;

/** A claimed ticket and what was generated for it. */
interface Claimed {
  work: ClaimedWork;
  batch: Batch;
}

/** A claimed ticket whose batch the executor has. */
interface Started {
  claimed: Claimed;
  running: Promise<Execution[]>;
}

/**
 * One worker: claims tickets, generates, has its executor run the batch, judges and shares. While the executor runs a
 * batch, the one behind it is generated, and the one before it judged.
 */
export class Worker implements Stages {
  readonly worker: number;
  readonly executor: TimedRunner;
  private readonly target: ExecutorClient | LakeExecutor;
  readonly minimizes: boolean;
  private readonly corpora: Record<Level, WorkerCorpus> = {
    source: new WorkerCorpus(),
    kernel: new WorkerCorpus(),
  };
  private readonly levels: LevelShares;
  private grammar: GrammarGenerator | undefined;
  private readonly choices = new Choices();
  private readonly chunks = new ChunkStore();
  private readonly yields = new YieldTable();
  private yieldsSentAt = performance.now();
  private custom: CustomMutators | undefined;
  private imports: ScheduleOptions['imports'];
  readonly look = new Look();
  private readonly pursuit = new Pursuit();
  private readonly workRing: NativeWorkRing;
  private readonly corpusLog: NativeLogRing;
  private readonly findingsLog: NativeLogRing;
  private readonly otherLogs: NativeLogRing[];
  private readonly ownFeatures = new Set<number>();
  private unlooked = 0;
  private retired = false;
  private missedBefore = 0;
  private restartsBefore = 0;

  private constructor(
    private readonly region: SharedRegion,
    private readonly options: WorkerOptions,
    lake: LakeExecutor | undefined,
  ) {
    this.worker = options.worker;
    const { jobMillis } = options;
    this.minimizes = lake === undefined;
    this.target = lake ?? new ExecutorClient(region, options.worker, { ...defaultLimits, jobMillis });
    this.executor = new TimedRunner(this.target);
    this.levels = new LevelShares(options.level);
    this.workRing = region.workRing();
    this.corpusLog = region.corpusLog(options.worker, 'newest');
    this.findingsLog = region.findingsLog(options.worker);
    const others = Array.from({ length: region.workerCount }, (_, i) => i).filter(
      (i) => i !== options.worker,
    );
    this.otherLogs = options.isolated ? [] : others.map((other) => region.corpusLog(other, 'newest'));
  }

  static async create(region: SharedRegion, options: WorkerOptions): Promise<Worker> {
    const lake = options.lake === null ? undefined : await LakeExecutor.connect(options.lake);
    return new Worker(region, options, lake);
  }

  async run(): Promise<void> {
    this.region.store(this.region.slot(this.worker) + workerSlot.worker_pid, process.pid);
    process.on('message', (message: ToWorker) => this.onMessage(message));
    this.send({ type: 'catch-up' });
    this.grammar = await loadGenerator(this.options);
    this.custom = this.loadMutators();
    this.imports = { from: this.options.importFrom, parts: loadImports(this.options) };
    try {
      await this.target.replace();
      let current = this.started(await this.claim());
      let next = this.tryClaim();
      while (current !== undefined) {
        const executions = await current.running;
        const started = this.started(next);
        next = this.tryClaim();
        await this.conclude(current.claimed, executions);
        if (started === undefined) {
          current = this.started(next ?? (await this.claim()));
          next = undefined;
        } else {
          current = started;
        }
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      this.custom?.stop().forEach((text) => this.notice(text));
    }
    this.sendYields();
  }

  private onMessage(message: ToWorker): void {
    if (message.type === 'retire') this.retired = true;
    else message.entries.forEach((bytes) => this.take(bytes));
  }

  // ---- the stages that the pipeline asks for

  generate(run: number): ReturnType<Stages['generate']> {
    const { seed, depth } = this.options;
    const level = this.levels.choose(Random.of(seed, run, 1));
    const { choices, chunks, grammar, custom, imports } = this;
    const options = { seed, depth, level, grammar, choices, chunks, custom, imports };
    return makeCandidate(options, run, this.corpusFor(level));
  }

  falsify({ lineage }: Candidate, units: readonly Unit[], signature: string): Attempt[] {
    const suspect = units.at(-1);
    if (suspect === undefined || this.pursuit.isWorn(signature, suspect)) return [];
    this.pursuit.follow(signature, suspect);
    return attemptsAtFalse(Random.of(lineage.seed, lineage.run, 2), units);
  }

  countUnlooked = (constants: number): void => {
    this.unlooked += constants;
  };

  isWorn(signature: string, suspect: Unit): boolean {
    return this.pursuit.isWorn(signature, suspect);
  }

  learn(candidate: Candidate, { kind }: Verdict, newFeatures: number, work: number): void {
    this.levels.learn(candidate.level, newFeatures);
    for (const row of this.choices.learn(candidate, kind, newFeatures, work)) this.yields.add(row);
  }

  observe(features: Uint32Array, level: Level): Uint32Array {
    this.corpora[level].saw(features);
    const seenBefore = new Uint32Array(features.length);
    this.region.native.observe(features, seenBefore);
    const fresh = features.filter((_, i) => seenBefore[i] === 0);
    if (fresh.length > 0) this.region.addCounter(this.worker, 'features', fresh.length);
    return this.options.isolated ? this.observeAlone(features) : fresh;
  }

  /** What is new to this worker: in isolated mode it must not learn from the others' features either. */
  private observeAlone(features: Uint32Array): Uint32Array {
    const fresh = features.filter((feature) => !this.ownFeatures.has(feature));
    features.forEach((feature) => this.ownFeatures.add(feature));
    return fresh;
  }

  trim(entry: CorpusEntry, fresh: Uint32Array): Promise<CorpusEntry> {
    return trimEntry(this.executor, this.custom?.trimmers ?? [], entry, fresh);
  }

  share(entry: CorpusEntry): void {
    if (!this.keep(entry) && entry.newFeatures === 0) return;
    const bytes = encodeEntry(entry);
    if (bytes.length > this.corpusLog.maxPayload) {
      this.region.addCounter(this.worker, 'dropped', 1);
      return;
    }
    this.corpusLog.publish(bytes);
    this.custom?.newEntry(entry);
    this.region.native.ring(header.primary_bell);
  }

  /** Takes an entry, of this worker or another, as ground to build on; false where it is known or none. */
  private keep(entry: CorpusEntry): boolean {
    const { level, units } = entry.candidate;
    const isNew = this.corpora[level].add(entry);
    if (isNew && level === 'source') this.chunks.add(units);
    return isNew;
  }

  /** Waits while the findings log is full: a finding must not be lost. */
  async publish(finding: Finding): Promise<void> {
    const bytes = encodeFinding(finding);
    while (!this.findingsLog.publish(bytes)) {
      if (this.region.load(header.stop) === StopRequest.now) throw new Stopped('the campaign was stopped');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { kind, signature } = finding.verdict;
    if (kind === 'solution') this.pursuit.prove(signature);
    this.region.addCounter(this.worker, kind === 'solution' ? 'solutions' : 'leads', 1);
  }

  count(counts: Counts): void {
    const add = (name: Parameters<SharedRegion['addCounter']>[1], by: number): void => {
      if (by !== 0) this.region.addCounter(this.worker, name, by);
    };
    add('candidates', 1);
    add('tests', counts.tests);
    add('declarations', counts.declarations);
    add('declarations_accepted', counts.accepted);
    add('lean_micros', counts.leanMicros);
    add('dropped', counts.malformed);
    if (this.options.lake !== null) this.send({ type: 'rows', rows: rowsOf(counts.execution) });
    add('restarts', this.target.restarts - this.restartsBefore);
    this.restartsBefore = this.target.restarts;
    switch (counts.execution.failure?.kind) {
      case 'timeout':
        return add('timeouts', 1);
      case 'out-of-memory':
        return add('out_of_memory', 1);
      case 'crashed':
      case 'stack-overflow':
        return add('crashes', 1);
      case undefined:
    }
  }

  // ---- work

  /** Has the executor run what was claimed, if anything was. */
  private started(claimed: Claimed | undefined): Started | undefined {
    if (claimed === undefined) return undefined;
    const running = this.target.run(claimed.batch.jobs);
    running.catch(() => undefined); // whoever waits for it hears of it; nobody does where the batch before it failed
    return { claimed, running };
  }

  /** Waits for a ticket; undefined when there will be none any more. */
  private async claim(): Promise<Claimed | undefined> {
    for (;;) {
      const bell = this.region.load(this.region.workBell);
      const claimed = this.tryClaim();
      if (claimed !== undefined) return claimed;
      if (this.isEnding) return undefined;
      await this.region.native.waitAsync(this.region.workBell, bell, 200);
    }
  }

  /** True when no more tickets are to be claimed. */
  private get isEnding(): boolean {
    return this.retired || this.region.load(header.stop) !== StopRequest.run;
  }

  private tryClaim(): Claimed | undefined {
    if (this.isEnding) return undefined;
    const work = this.workRing.claim(this.worker);
    if (work === undefined) return undefined;
    const { firstRun, count } = decodeTicket(work.payload);
    if (work.attempts > maxAttempts) {
      this.region.addCounter(this.worker, 'dropped', count - work.progress);
      this.finish(work);
      return undefined;
    }
    this.takeFromOthers();
    const start = performance.now();
    const runs = Array.from({ length: count - work.progress }, (_, i) => firstRun + work.progress + i);
    const batch = prepareBatch(this, runs);
    this.region.addCounter(this.worker, 'generate_micros', (performance.now() - start) * 1000);
    return { work, batch };
  }

  private async conclude({ work, batch }: Claimed, executions: Execution[]): Promise<void> {
    const start = performance.now();
    const waitedBefore = this.executor.waited;
    let { progress } = work;
    await concludeBatch(this, batch, executions, (candidate, verdict) => {
      this.workRing.setProgress(work.index, ++progress);
      if (this.options.trace) this.send({ type: 'trace', line: traceLine(candidate, verdict) });
    });
    // What is run again, to confirm or to make smaller, is the executor's time.
    const waited = this.executor.waited - waitedBefore;
    this.region.addCounter(this.worker, 'judge_micros', (performance.now() - start - waited) * 1000);
    this.finish(work);
    if (start - this.yieldsSentAt > yieldsEveryMillis) this.sendYields();
  }

  private sendYields(): void {
    this.yieldsSentAt = performance.now();
    this.send({ type: 'yields', yields: this.yields.take() });
  }

  private finish(work: ClaimedWork): void {
    this.workRing.finish(this.worker, work.index);
    this.region.native.ring(header.primary_bell);
  }

  // ---- the corpus of the others

  private takeFromOthers(): void {
    let missed = 0;
    for (const log of this.otherLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read()) this.take(bytes);
      missed += log.missed;
    }
    if (missed > this.missedBefore) {
      this.region.addCounter(this.worker, 'missed', missed - this.missedBefore);
      this.missedBefore = missed;
      this.send({ type: 'catch-up' });
    }
  }

  private take(bytes: Uint8Array): void {
    try {
      const entry = decodeEntry(bytes);
      this.keep(entry);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      this.region.addCounter(this.worker, 'dropped', 1);
    }
  }

  // ---- custom mutators

  private loadMutators(): CustomMutators | undefined {
    const { mutators, seed } = this.options;
    if (mutators.length === 0) return undefined;
    return new CustomMutators(mutators, seed, {
      notice: (text) => this.notice(text),
      refused: () => this.region.addCounter(this.worker, 'dropped', 1),
    });
  }

  private corpusFor(level: Level): CorpusView {
    const corpus = this.corpora[level];
    const { custom } = this;
    if (custom === undefined) return corpus;
    return { size: corpus.size, pick: (random) => custom.pick(() => corpus.pick(random)) };
  }

  private notice(text: string): void {
    this.send({ type: 'notice', text });
  }

  private send(message: ToPrimary): void {
    process.send?.(message);
  }
}
