import type { Candidate } from '../../src/api/candidate.js';
import type { CandidateError } from '../../src/api/candidate-error.js';
import type { CorpusEntry, Finding } from '../../src/api/entries.js';
import type { Execution, Job } from '../../src/api/execution.js';
import type { Verdict } from '../../src/api/verdict.js';
import { ErrorRow } from '../../src/campaign/candidate-errors.js';
import type { Counts } from '../../src/campaign/counts.js';
import type { Runner } from '../../src/judge/ask/job-runner.js';
import { Compared } from '../../src/judge/ask/compare-with-own.js';
import { Look } from '../../src/judge/ask/look.js';
import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { ownKernelFor } from '../../src/judge/own-kernel.js';
import type { WorkerSide } from '../../src/campaign/worker.js';
import { embedded } from './leans.js';
import { accepted, candidate, execution, unit } from './fakes.js';

/** Stages that keep what they are told. Each candidate is one unit that is accepted and shows one new feature. */
export class FakeStages implements WorkerSide {
  readonly worker = 0;
  readonly hasTactics = true;
  readonly seed = 7;
  readonly minimizes = false;
  readonly look = new Look();
  readonly compared = new Compared();
  readonly own = ownKernelFor(embedded);
  readonly row = new ErrorRow();
  readonly failures: CandidateError[] = [];
  readonly entries: CorpusEntry[] = [];
  readonly restored: CorpusEntry[] = [];
  readonly findings: Finding[] = [];
  readonly counted: Counts[] = [];
  readonly learned: Verdict['kind'][] = [];
  /** The numbers of candidates in jobs that were run, as their units' texts say. */
  readonly ran: string[] = [];
  /** Runs whose outcomes count for the making of others, in the order in which that was said. */
  readonly applied: number[] = [];
  /** Findings that it was to make smaller. */
  readonly shrunk: Uint8Array[] = [];
  isStopped = false;
  /** How many candidates others were to be asked about. */
  askedOthers = 0;
  private features = 0;

  /** The execution of a job: every step accepted. A test overrides it. */
  answer = (job: Job): Execution => execution({ steps: job.steps.map(() => accepted()) });

  rivalCost(): number {
    return 0;
  }

  readonly target = {
    base: commonEnvironment,
    run: (jobs: readonly Job[]): Promise<Execution[]> => this.runAll(jobs),
    replace: (): Promise<void> => Promise.resolve(),
  };

  readonly followUps = { ...this.target, aside: this.target };

  /** Leads that others have looked behind. */
  readonly exhausted: string[] = [];

  exhaust(leads: readonly string[]): void {
    this.exhausted.push(...leads);
  }

  reached(): Uint32Array {
    return new Uint32Array(0);
  }

  generate(run: number): Candidate {
    const units = [unit({ text: `def f${run} := 1`, declares: [`f${run}`] })];
    return candidate({ units, lineage: { seed: 7, run, parents: [], mutators: [], categories: [] } });
  }

  async run(job: Job): Promise<Execution | undefined> {
    const [execution] = await this.runAll([job]);
    return execution;
  }

  private runAll(jobs: readonly Job[]): Promise<Execution[]> {
    // As a promise: what is thrown is a rejection.
    return Promise.resolve(jobs).then((all) =>
      all.map((job) => {
        const [step] = job.steps;
        this.ran.push(step?.kind === 'text' ? step.text : '');
        return this.answer(job);
      }),
    );
  }

  countUnlooked = (): void => undefined;

  falsify(): [] {
    return [];
  }
  isExhausted(): boolean {
    return false;
  }
  askOthers(): void {
    this.askedOthers++;
  }
  observe(): Uint32Array {
    return Uint32Array.of(++this.features);
  }
  trim(_: Runner, entry: CorpusEntry): Promise<CorpusEntry> {
    return Promise.resolve(entry);
  }
  share(entry: CorpusEntry): Promise<void> {
    this.entries.push(entry);
    return Promise.resolve();
  }
  publish(finding: Finding): Promise<void> {
    this.findings.push(finding);
    return Promise.resolve();
  }
  count(counts: Counts): void {
    this.counted.push(counts);
  }
  learn(_: Candidate, { kind }: Verdict): void {
    this.learned.push(kind);
  }
  failed(error: CandidateError): void {
    this.failures.push(error);
    this.row.add(error);
  }
  apply(run: number): void {
    this.applied.push(run);
  }
  keep(): boolean {
    return true;
  }
  restore(entry: CorpusEntry): void {
    this.restored.push(entry);
  }
  add(): void {}
  background(): [] {
    return [];
  }
  shrink(finding: Uint8Array): Promise<void> {
    this.shrunk.push(finding);
    return Promise.resolve();
  }
  sendCounted(): void {}
  stop(): void {
    this.isStopped = true;
  }
}
