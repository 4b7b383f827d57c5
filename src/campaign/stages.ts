import type { Candidate, Unit } from '../api/candidate.js';
import type { CandidateError } from '../api/candidate-error.js';
import type { CorpusEntry, Finding } from '../api/entries.js';
import type { Claim, Execution, InputLevel, Job } from '../api/execution.js';
import type { Signature } from '../api/signature.js';
import type { Verdict } from '../api/verdict.js';
import type { Attempt } from '../generate/kernel/falsify.js';
import type { Compared } from '../judge/ask/compare-with-own.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import type { OwnKernel } from '../judge/own-kernel.js';
import type { Subject } from './candidate-errors.js';
import type { Counts } from './counts.js';
import type { LookStages } from './sighted.js';

/** Services of a worker that the pipeline needs. */
export interface Stages extends LookStages {
  readonly seed: number;
  /** Our own kernel beside the campaign's Lean. */
  readonly own: OwnKernel;
  /** Inductive declarations whose constants were compared with that kernel's. */
  readonly compared: Compared;
  generate(run: number): Candidate;
  /** Runs a candidate's job behind what was asked for before; undefined where the campaign ends before it begins. */
  run(job: Job): Promise<Execution | undefined>;
  /** Ways to reach False from a lead's units, of which the last is the suspect. */
  falsify(candidate: Candidate, units: readonly Unit[], signature: Signature): Attempt[];
  /** Whether leads of this signature with such a suspect have been followed often enough. */
  isExhausted(signature: Signature, suspect: Unit): boolean;
  /** Counts features as seen; returns those that nobody had seen. */
  observe(features: Uint32Array, candidate: Candidate): Uint32Array;
  /**
   * The cost from which on an entry without a new block is not run once more for all that it reaches: see
   * `Favoured.rivalCost`. 0 where no code is watched.
   */
  rivalCost(level: InputLevel): number;
  /** Notes the blocks of the kernel's code that a candidate's job was the first to reach; returns them, ascending. */
  reached(run: number | null, job: Job, execution: Execution): Uint32Array;
  /** The entry, or a smaller one that shows the same of what was new. */
  trim(runner: SteadyRunner, entry: CorpusEntry, fresh: Uint32Array): Promise<CorpusEntry>;
  share(entry: CorpusEntry): Promise<void>;
  publish(finding: Finding): Promise<void>;
  count(counts: Counts): void;
  /** Learns from a candidate's verdict, the number of its new features and blocks, and its work (see `newWorkOf`). */
  learn(candidate: Candidate, verdict: Verdict, newFeatures: number, work: number): void;
  /** Has others than the campaign's Lean asked about a candidate, behind all else. */
  askOthers(candidate: Candidate, execution: Execution, verdict: Verdict): void;
  /** Keeps an error that a candidate came to. */
  failed(error: CandidateError): void;
  readonly worker: number;
  /** Whether the library that source level begins with has tactics. */
  readonly hasTactics: boolean;
  /** Whether executions are cheap enough to make entries smaller by them. */
  readonly minimizes: boolean;
}

/** A candidate that can be run. */
export interface Prepared {
  readonly subject: Subject;
  readonly candidate: Candidate;
  readonly claims: readonly Claim[];
  readonly job: Job;
  /** `Stages.rivalCost` at the time when it was made: what is known of it later hangs on how fast others come. */
  readonly rivalCost: number;
}

/** The outcome of running a candidate: `failed` where an error ended it, `unrun` where the campaign ends. */
export type Run = Execution | 'failed' | 'unrun';
