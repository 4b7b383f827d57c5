import type { Candidate, Unit } from '../api/candidate.js';
import type { CandidateError } from '../api/candidate-error.js';
import type { CorpusEntry, Finding } from '../api/entries.js';
import type { Execution, Job, InputLevel } from '../api/execution.js';
import type { Signature } from '../api/signature.js';
import type { Verdict } from '../api/verdict.js';
import type { ExecutorClient } from '../execute/client/executor-client.js';
import type { LakeExecutor } from '../execute/lake/lake-executor.js';
import { Choices } from '../generate/choices.js';
import { CustomMutators } from '../generate/custom/custom-mutators.js';
import { Dictionary } from '../generate/dictionary/dictionary.js';
import type { GrammarGenerator } from '../generate/grammar/grammar-generator.js';
import { loadGenerator } from '../generate/grammar/load-grammar.js';
import { attemptsAtFalse, type Attempt } from '../generate/kernel/falsify.js';
import { LevelShares } from '../generate/level-shares.js';
import { ChunkStore } from '../generate/mutators/source/chunk-store.js';
import { makeCandidate, type CorpusView, type ScheduleOptions } from '../generate/schedule.js';
import { coreVocabulary, initVocabulary } from '../generate/source/vocabulary.js';
import { Compared } from '../judge/ask/compare-with-own.js';
import { Look } from '../judge/ask/look.js';
import type { JobRunner, Runner, SteadyRunner } from '../judge/ask/job-runner.js';
import { Pursuit } from '../judge/ask/pursuit.js';
import { ownKernelFor, type OwnKernel } from '../judge/own-kernel.js';
import { WorkerCorpus } from '../share/corpus.js';
import { decodeFinding, encodeCandidate } from '../share/entry-codec.js';
import type { CounterName } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import { Random } from '../util/random.js';
import { attempt, ErrorRow, subjectOf } from './candidate-errors.js';
import type { Counts } from './counts.js';
import { firstsOf, newBlocksOf } from './coverage/firsts.js';
import { Executors } from './executors.js';
import { loadImports } from './imports/read-imports.js';
import type { WorkerOptions } from './message-protocol.js';
import type { Question } from './opinions/protocol.js';
import type { Outbox } from './outbox.js';
import { rowsOf } from './rows.js';
import { nameFinding, type NameOptions } from './shrink/name-finding.js';
import type { Behind } from './follow-ups.js';
import { Namings } from './shrink/namings.js';
import { trimEntry } from './shrink/shrink-entry.js';
import type { Stages } from './stages.js';
import { WorkerCounters } from './worker-counters.js';
import { WorkerLogs } from './worker-logs.js';
import { YieldTable } from './yield-table.js';

/** Candidates of which others hear at once. */
const questionsAtOnce = 16;

/** A worker's stages: its generators, its executor, its view of the corpus, its part of the region. */
export class WorkerStages implements Stages {
  readonly worker: number;
  readonly hasTactics: boolean;
  readonly seed: number;
  readonly own: OwnKernel;
  readonly minimizes: boolean;
  /** Candidates in a row that ended in errors. */
  readonly row = new ErrorRow();
  /** Whether the executor watches which code of the kernel is reached. */
  private readonly covers: boolean;
  private readonly executors: Executors;
  /** Outcomes of candidates, by run, that are not yet applied to the generation of others. */
  private readonly unapplied = new Map<number, (() => void)[]>();
  private readonly corpora: Record<InputLevel, WorkerCorpus> = {
    source: new WorkerCorpus(),
    kernel: new WorkerCorpus(),
  };
  private readonly levels: LevelShares;
  private readonly choices = new Choices();
  private readonly chunks = new ChunkStore();
  readonly look = new Look();
  readonly compared = new Compared();
  private readonly pursuit = new Pursuit();
  private readonly namings = new Namings();
  private readonly yields = new YieldTable();
  private readonly counters: WorkerCounters;
  private readonly logs: WorkerLogs;
  private readonly ownFeatures = new Set<number>();
  /** Candidates that others are to be asked about. */
  private readonly questions: Question[] = [];
  private unlooked = 0;

  private constructor(
    private readonly region: SharedRegion,
    private readonly options: WorkerOptions,
    readonly target: ExecutorClient | LakeExecutor,
    /** The executor that is replaced by fresh ones while that of the candidates runs on; the same one on the Lake target. */
    private readonly aside: ExecutorClient | LakeExecutor,
    private readonly outbox: Outbox,
    /** Whether what is in hand need not be run any more. */
    private readonly isEnding: () => boolean,
    private readonly grammar: GrammarGenerator | undefined,
    private readonly custom: CustomMutators | undefined,
    private readonly imports: ScheduleOptions['imports'],
    private readonly dictionary: Dictionary | undefined,
  ) {
    this.worker = options.worker;
    this.seed = options.seed;
    this.own = ownKernelFor(options.lean);
    this.hasTactics = !options.isCore;
    this.minimizes = options.lake === null;
    this.covers = region.blocks.count > 0;
    this.executors = new Executors(target, aside, this.covers);
    this.levels = new LevelShares(options.level);
    this.counters = new WorkerCounters(region, options.worker, target === aside ? [target] : [target, aside]);
    this.logs = new WorkerLogs(region, options.worker, outbox);
  }

  /** Loads what the user's options name. UserError where that can't be used. */
  static async create(
    region: SharedRegion,
    options: WorkerOptions,
    executors: {
      readonly target: ExecutorClient | LakeExecutor;
      readonly aside: ExecutorClient | LakeExecutor;
    },
    outbox: Outbox,
    isEnding: () => boolean,
  ): Promise<WorkerStages> {
    const grammar = await loadGenerator(options);
    const { target, aside } = executors;
    const { mutators, seed, worker } = options;
    const events = {
      notice: (text: string): void => outbox.send({ type: 'notice', text }),
      refused: (): void => region.addCounter(worker, 'dropped', 1),
    };
    const custom = mutators.length === 0 ? undefined : new CustomMutators(mutators, seed, events);
    const dictionary = Dictionary.of(options.dictionaries);
    const imports = { from: options.importFrom, parts: loadImports(options).parts };
    return new WorkerStages(
      region,
      options,
      target,
      aside,
      outbox,
      isEnding,
      grammar,
      custom,
      imports,
      dictionary,
    );
  }

  // ---- generate

  generate(run: number): Candidate {
    const { seed, depth } = this.options;
    const level = this.levels.choose(Random.of(seed, run, 1));
    const { choices, chunks, grammar, custom, imports, dictionary } = this;
    const vocabulary = this.options.isCore ? coreVocabulary : initVocabulary;
    const options = {
      seed,
      depth,
      level,
      base: this.target.base,
      vocabulary,
      grammar,
      choices,
      chunks,
      custom,
      imports,
      dictionary,
    };
    return makeCandidate(options, run, this.corpusFor(level));
  }

  falsify({ lineage }: Candidate, units: readonly Unit[], signature: Signature): Attempt[] {
    const suspect = units.at(-1);
    if (suspect === undefined || this.pursuit.isExhausted(signature, suspect)) return [];
    this.pursuit.follow(signature, suspect);
    return attemptsAtFalse(Random.of(lineage.seed, lineage.run, 2), this.target.base, units);
  }

  private corpusFor(level: InputLevel): CorpusView {
    const corpus = this.corpora[level];
    const { custom } = this;
    if (custom === undefined) return corpus;
    return { size: corpus.size, pick: (random) => custom.pick(() => corpus.pick(random)) };
  }

  // ---- execute

  async run(job: Job): Promise<Execution | undefined> {
    const [execution] = await this.executors.run([job], () => !this.isEnding());
    return execution;
  }

  /** Runs what is asked again about candidates; what that reaches first is noted, too, but for what is asked aside. */
  get followUps(): SteadyRunner {
    const { aside } = this;
    const target: JobRunner = this.target;
    return {
      base: target.base,
      aside,
      run: async (jobs) => {
        const executions = await this.executors.run(jobs);
        if (!this.covers) return executions;
        executions.forEach((execution, index) => {
          const job = jobs[index];
          if (job !== undefined) this.reached(null, job, execution);
        });
        return executions;
      },
      ...(target.check === undefined ? {} : { check: target.check.bind(target) }),
    };
  }

  rivalCost(level: InputLevel): number {
    return this.covers ? this.corpora[level].rivalCost : 0;
  }

  reached(run: number | null, job: Job, execution: Execution): Uint32Array {
    const blocks = newBlocksOf(execution);
    if (blocks.length > 0) this.outbox.send({ type: 'blocks', run, firsts: firstsOf(job, execution) });
    return blocks;
  }

  // ---- judge

  countUnlooked = (constants: number): void => {
    this.unlooked += constants;
  };

  isExhausted(signature: Signature, suspect: Unit): boolean {
    return this.pursuit.isExhausted(signature, suspect);
  }

  observe(features: Uint32Array, { level, lineage }: Candidate): Uint32Array {
    this.later(lineage.run, () => this.corpora[level].saw(features));
    const seenBefore = new Uint32Array(features.length);
    this.region.native.observe(features, seenBefore);
    const fresh = features.filter((_, i) => seenBefore[i] === 0);
    this.add('features', fresh.length);
    return this.options.isolated ? this.observeAlone(features) : fresh;
  }

  exhaust(leads: readonly string[]): void {
    this.pursuit.exhaust(leads);
  }

  /** The features that are new to this worker: in isolated mode it must not learn from the others' features either. */
  private observeAlone(features: Uint32Array): Uint32Array {
    const fresh = features.filter((feature) => !this.ownFeatures.has(feature));
    features.forEach((feature) => this.ownFeatures.add(feature));
    return fresh;
  }

  learn(candidate: Candidate, { kind }: Verdict, newFeatures: number, work: number): void {
    this.later(candidate.lineage.run, () => {
      this.levels.learn(candidate.level, newFeatures);
      for (const row of this.choices.learn(candidate, kind, newFeatures, work)) this.yields.add(row);
    });
  }

  apply(run: number): void {
    const effects = this.unapplied.get(run) ?? [];
    this.unapplied.delete(run);
    effects.forEach((effect) => effect());
  }

  private later(run: number, effect: () => void): void {
    const effects = this.unapplied.get(run);
    if (effects === undefined) this.unapplied.set(run, [effect]);
    else effects.push(effect);
  }

  // ---- share

  trim(runner: Runner, entry: CorpusEntry, fresh: Uint32Array): Promise<CorpusEntry> {
    return trimEntry(runner, this.custom?.trimmers ?? [], entry, fresh);
  }

  async share(entry: CorpusEntry): Promise<void> {
    const { level, lineage } = entry.candidate;
    const isNew = this.corpora[level].announce(entry);
    if (isNew) this.later(lineage.run, () => this.place(entry));
    if (!isNew && entry.newFeatures === 0) return;
    await this.logs.sendEntry(entry);
    this.later(lineage.run, () => this.custom?.newEntry(entry));
  }

  /** Takes an entry of another worker as ground to build on; false where it is known or none. */
  keep(entry: CorpusEntry): boolean {
    const isNew = this.corpora[entry.candidate.level].announce(entry);
    if (isNew) this.place(entry);
    return isNew;
  }

  private place(entry: CorpusEntry): void {
    const { level, units } = entry.candidate;
    this.corpora[level].place(entry);
    if (level === 'source') this.chunks.add(units);
  }

  /** Takes an entry of an earlier run of the campaign: what it shows has been seen. */
  restore(entry: CorpusEntry): void {
    this.keep(entry);
    entry.features.forEach((feature) => this.ownFeatures.add(feature));
  }

  async publish(finding: Finding): Promise<void> {
    await this.logs.sendFinding(finding);
    const { kind, signature } = finding.verdict;
    if (kind === 'solution') this.pursuit.prove(signature);
    this.add(kind === 'solution' ? 'solutions' : 'leads', 1);
    if (finding.form === 'found') this.namings.add(finding);
  }

  /** Findings that this worker is to name from now on. */
  background(): Behind[] {
    return (['solution', 'lead'] as const).flatMap((kind) => {
      const finding = this.namings.next(kind);
      if (finding === undefined) return [];
      const act = async ({ aside }: SteadyRunner): Promise<void> => {
        await this.name(aside, finding, { ...this.naming, isOver: this.isEnding });
        this.namings.done(kind);
      };
      // A user waits for a proof of False, and should hear at once whether its bug is known.
      return [{ act, pace: kind === 'solution' ? 'urgent' : 'background' }];
    });
  }

  private get naming(): Pick<NameOptions, 'own' | 'jobMillis'> {
    return { own: this.own, jobMillis: this.options.jobMillis };
  }

  shrink(bytes: Uint8Array, isOver: () => boolean): Promise<void> {
    return this.name(this.followUps.aside, decodeFinding(bytes), { ...this.naming, isOver, toTheEnd: true });
  }

  private async name(runner: JobRunner, finding: Finding, options: NameOptions): Promise<void> {
    await attempt(this, 'confirm', subjectOf(finding.candidate), async () => {
      const named = await nameFinding(runner, finding, options);
      if (named !== undefined) await this.logs.sendFinding(named);
    });
  }

  // ---- others

  askOthers(candidate: Candidate, { steps, end }: Execution, { kind }: Verdict): void {
    if (!this.options.asksOthers || candidate.level !== 'kernel' || end.kind !== 'finished') return;
    const answers = steps.map(({ outcome }) => outcome);
    this.questions.push({ candidate: encodeCandidate(candidate), answers, isNew: kind !== 'dull' });
    if (this.questions.length >= questionsAtOnce) this.sendQuestions();
  }

  private sendQuestions(): void {
    if (this.questions.length > 0)
      this.outbox.send({ type: 'questions', questions: this.questions.splice(0) });
  }

  // ---- count

  failed(error: CandidateError): void {
    this.outbox.send({ type: 'error', error });
    this.row.add(error);
  }

  count(counts: Counts): void {
    this.counters.count(counts);
    if (this.options.lake !== null) this.outbox.send({ type: 'rows', rows: rowsOf(counts.execution) });
  }

  add(name: CounterName, by: number): void {
    this.counters.add(name, by);
  }

  /** Sends what has been counted here since the last time. */
  sendCounted(): void {
    this.sendQuestions();
    this.outbox.send({ type: 'yields', yields: this.yields.take() });
    const leads = this.pursuit.takeExhausted();
    if (leads.length > 0) this.outbox.send({ type: 'exhausted', leads });
    if (this.unlooked === 0) return;
    this.outbox.send({ type: 'unlooked', constants: this.unlooked });
    this.unlooked = 0;
  }

  /** Ends the threads of custom mutators, and says what each came to. */
  stop(): void {
    this.custom?.stop().forEach((text) => this.outbox.send({ type: 'notice', text }));
  }
}
