import {
  accepted,
  type Claim,
  type ClaimResult,
  type ConstantShape,
  type Declared,
  type Job,
  type Made,
  type News,
  type Step,
  type StepOutcome,
  type StepResult,
} from '../../api/execution.js';
import { hashOf } from '../job-codec.js';
import type { Constants } from './constants.js';
import { gatherEvidence } from './evidence.js';
import type { LeanHeap } from './heap.js';
import { madeBy } from './made.js';
import { declarationsNamed, newsBetween } from './news.js';
import type { Session, State } from './session.js';
import { shapeOf } from './shapes.js';
import { StateCache } from './state-cache.js';

/** Receives results as they come, so that what was finished survives the death of the process. */
export interface ResultSink {
  /** Work on item `at` of the job (steps, then claims) begins. */
  begin(at: number): void;
  step(result: StepResult): void;
  claim(result: ClaimResult): void;
  shapes(shapes: readonly ConstantShape[]): void;
  declared(declared: Declared): void;
  made(made: Made): void;
}

/**
 * A kept outcome: the state behind an accepted step, or why the step was refused. The cache holds it, and so does
 * the job that stands on it: a long job must not lose its ground to the cache's bound.
 */
class KeptOutcome<S extends State> {
  private holders = 1;
  private news: News | undefined;

  constructor(
    readonly id: number,
    readonly outcome: StepOutcome,
    readonly state: S | null,
    readonly heartbeats: number,
  ) {}

  hold(): this {
    this.holders++;
    return this;
  }

  /** Constants that the step has added to the state that it was run on, looked up once. */
  newsAbove(find: (after: S) => News): News | undefined {
    if (this.state !== null) this.news ??= find(this.state);
    return this.news;
  }

  release(): void {
    if (--this.holders === 0) this.state?.release();
  }
}

/**
 * States kept per level. One holds what its declarations added, a few kilobytes to a few hundred. What is asked again
 * about a candidate comes behind the ones that were handed over meanwhile, so as many are kept as two tickets have
 * steps.
 */
const keptStates = { source: 192, kernel: 1024 } as const;

/** Runs jobs on a session, reusing the states of prefixes that were run before. */
export class JobExecution<S extends State = State> {
  private readonly cache: StateCache<KeptOutcome<S>>;
  private readonly root: KeptOutcome<S>;
  private nextId = 1;

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly session: Session<S>,
    level: keyof typeof keptStates,
  ) {
    this.cache = new StateCache(keptStates[level]);
    this.root = new KeptOutcome(0, accepted, session.root, 0);
  }

  run(job: Job, sink: ResultSink): void {
    let current = this.root.hold();
    const walked: string[] = [];
    // One look at the clock a step: where it ends, the next begins.
    let clock = performance.now();
    for (const [at, step] of job.steps.entries()) {
      sink.begin(at);
      const key = `${current.id} ${keyOf(step)}`;
      walked.push(key);
      const known = this.cache.get(key);
      const kept = known ?? this.apply(key, current, step, job.strict === true);
      const start = clock;
      if (known === undefined) clock = performance.now();
      const micros = known === undefined ? microsBetween(start, clock) : 0;
      const news = job.look === true ? this.newsOf(current, kept) : undefined;
      const result: StepResult = { outcome: kept.outcome, micros, heartbeats: kept.heartbeats };
      sink.step(news === undefined ? result : { ...result, news });
      if (kept.state !== null) {
        current.release();
        current = kept.hold();
      } else if (job.strict === true) {
        current.release();
        return;
      }
    }
    // Newest use last: a prefix must outlive its extensions, which can't be reached without it.
    for (const key of walked.reverse()) this.cache.get(key);
    const state = current.state ?? this.session.root;
    if (job.describe !== undefined) sink.shapes(this.describe(state, job.describe, job.reduce === true));
    if (job.declare !== undefined)
      sink.declared(declarationsNamed(this.heap, this.constants, state.kernelEnvironment, job));
    if (job.made !== undefined)
      sink.made(madeBy(this.heap, this.constants, state.kernelEnvironment, job.made));
    for (const [index, claim] of job.claims.entries()) {
      sink.begin(job.steps.length + index);
      sink.claim(this.tryClaim(state, claim, job.strict === true));
    }
    current.release();
  }

  private apply(key: string, from: KeptOutcome<S>, step: Step, unlimited: boolean): KeptOutcome<S> {
    const before = this.heartbeats();
    const applied = this.session.apply(from.state ?? this.session.root, step, unlimited);
    const [outcome, state] = applied.kind === 'accepted' ? [accepted, applied.next] : [applied, null];
    const kept = new KeptOutcome(this.nextId++, outcome, state, this.heartbeats() - before);
    this.cache.put(key, kept);
    return kept;
  }

  private newsOf(from: KeptOutcome<S>, kept: KeptOutcome<S>): News | undefined {
    return kept.newsAbove((after) => {
      const before = from.state ?? this.session.root;
      return newsBetween(this.heap, this.constants, before.kernelEnvironment, after.kernelEnvironment);
    });
  }

  private tryClaim(state: S, { step, constant }: Claim, unlimited: boolean): ClaimResult {
    const start = performance.now();
    const before = this.heartbeats();
    const applied = this.session.apply(state, step, unlimited);
    const heartbeats = this.heartbeats() - before;
    if (applied.kind !== 'accepted') return { outcome: applied, micros: microsSince(start), heartbeats };
    const { next } = applied;
    const evidence = gatherEvidence(this.heap, this.constants, next.kernelEnvironment, constant);
    next.release();
    return { outcome: accepted, micros: microsSince(start), heartbeats, evidence };
  }

  /** Lean's counter of small allocations and checks; it goes up for as long as the process lives. */
  private heartbeats(): number {
    return Number(this.heap.exports._ZN4lean18get_num_heartbeatsEv());
  }

  private describe(state: S, names: readonly string[], reduce: boolean): ConstantShape[] {
    return names.flatMap(
      (name) => shapeOf(this.heap, this.constants, state.kernelEnvironment, name, reduce) ?? [],
    );
  }
}

/** The key of a step: equal for the same step from one state. A file and a text may have equal content. */
export function keyOf(step: Step): string {
  return `${step.kind} ${hashOf(step)}`;
}

function microsSince(start: number): number {
  return microsBetween(start, performance.now());
}

/** At least one: 0 says that nothing was run. */
function microsBetween(start: number, end: number): number {
  return Math.max(1, Math.round((end - start) * 1000));
}
