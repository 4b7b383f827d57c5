/**
 * The way of a candidate, in the order of the stages:
 *
 *   generate -> execute -> judge -> share        in every worker, below
 *                                   -> store -> show      in the primary, see primary.ts
 *
 * The stages never import one another; they meet here, as values.
 */
import type { Candidate, Unit } from '../api/candidate.js';
import type { CorpusEntry, Finding } from '../api/entries.js';
import type { Claim, Execution, Job, Level } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import { importName } from '../generate/schedule.js';
import type { Attempt } from '../generate/kernel/falsify.js';
import { claimsFor } from '../judge/claims.js';
import { featuresOf } from '../judge/features.js';
import { solutionOf, unconfirmedOf } from '../judge/signature.js';
import { judge } from '../judge/judge.js';
import { contentId, findingId } from '../share/entry-codec.js';
import { confirm } from '../judge/ask/confirm.js';
import { askAgain, isSampled } from '../judge/ask/differential.js';
import {
  acceptedUnits,
  fertileUnits,
  jobFor,
  newWorkOf,
  outcomeOf,
  unitsOfLead,
  workOf,
} from '../judge/ask/job.js';
import { never } from '../util/errors.js';
import { minimizeEntry } from './shrink/minimize-entry.js';
import { lookAt, type LookStages } from './sighted.js';

/** What the pipeline needs of its worker. */
export interface Stages extends LookStages {
  generate(run: number): Candidate;
  /** Ways to reach False from a lead's units, of which the last is the suspect. */
  falsify(candidate: Candidate, units: readonly Unit[], signature: string): Attempt[];
  /** Whether leads of this signature with such a suspect have been followed often enough. */
  isWorn(signature: string, suspect: Unit): boolean;
  /** Counts features as seen; returns those that nobody had seen. */
  observe(features: Uint32Array, level: Level): Uint32Array;
  /** The entry, or a smaller one that shows the same of what was new. */
  trim(entry: CorpusEntry, fresh: Uint32Array): Promise<CorpusEntry>;
  share(entry: CorpusEntry): void;
  publish(finding: Finding): Promise<void>;
  count(counts: Counts): void;
  /** Hears what came of a candidate, how many of its features were new, and the work that it was (see `newWorkOf`). */
  learn(candidate: Candidate, verdict: Verdict, newFeatures: number, work: number): void;
  readonly worker: number;
  /** Whether executions are cheap enough to make entries smaller by them. */
  readonly minimizes: boolean;
}

/** What one candidate adds to the worker's counters. */
export interface Counts {
  /** Questions that were judged: claims of False, and units whose right answer is known. */
  tests: number;
  declarations: number;
  accepted: number;
  leanMicros: number;
  /** Units that the decoder refused; the kernel never saw them. */
  malformed: number;
  execution: Execution;
  verdict: Verdict;
}

export interface Batch {
  candidates: Candidate[];
  claims: Claim[][];
  jobs: Job[];
}

/** Generates candidates and the jobs that run them. */
export function prepareBatch(stages: Pick<Stages, 'generate'>, runs: readonly number[]): Batch {
  const candidates = runs.map((run) => stages.generate(run));
  const claims = candidates.map(claimsFor);
  const jobs = candidates.map((candidate, i): Job => {
    const job = jobFor(candidate, claims[i] ?? []);
    // At the kernel level the candidate itself says what it declares.
    return candidate.level === 'source' ? { ...job, look: true } : job;
  });
  return { candidates, claims, jobs };
}

/** Judges what came of a batch and shares what is worth it; `done` is called behind each candidate. */
export async function concludeBatch(
  stages: Stages,
  batch: Batch,
  executions: readonly Execution[],
  done: (candidate: Candidate, verdict: Verdict) => void,
): Promise<void> {
  for (const [index, candidate] of batch.candidates.entries()) {
    const execution = executions[index];
    if (execution === undefined) continue;
    const features = featuresOf(candidate, execution);
    const fresh = stages.observe(features, candidate.level);
    const newFeatures = fresh.length;
    const claims = batch.claims[index] ?? [];
    const judged = judge(candidate, claims, execution, newFeatures, (signature, suspect) =>
      stages.isWorn(signature, suspect),
    );
    const settled = await settle(stages, candidate, claims, execution, judged);
    const verdict = await lookBehind(stages, candidate, batch.jobs[index], execution, settled);
    stages.count(countsOf(candidate, execution, verdict));
    const isImport = candidate.lineage.mutators.includes(importName);
    if ((verdict.kind !== 'dull' && !isStale(stages, candidate, verdict, newFeatures)) || isImport) {
      const entry = entryOf(stages, candidate, execution, verdict, features, newFeatures);
      // A file of the user's stays as it is.
      if (entry !== undefined) stages.share(isImport ? entry : await smaller(stages, entry, fresh));
    }
    stages.learn(candidate, verdict, newFeatures, newWorkOf(execution));
    done(candidate, verdict);
  }
}

/** Whether a verdict is about a lead that is well known, and nothing else is new. */
function isStale(
  stages: Pick<Stages, 'isWorn'>,
  { units }: Candidate,
  { kind, signature, suspect }: Verdict,
  newFeatures: number,
): boolean {
  const unit = suspect === undefined ? undefined : units[suspect];
  return kind === 'lead' && newFeatures === 0 && unit !== undefined && stages.isWorn(signature, unit);
}

/** Confirms a proof of False before anybody hears of it, and publishes findings. */
async function settle(
  stages: Stages,
  candidate: Candidate,
  claims: readonly Claim[],
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  if (verdict.kind === 'dull' || verdict.kind === 'interesting') {
    // On the Lake target nothing can be handed to the kernel alone.
    const asked = stages.executor.check === undefined && isSampled(candidate, execution);
    return asked ? compare(stages, candidate, execution, verdict) : verdict;
  }
  if (verdict.suspect !== undefined)
    return followLead(stages, candidate, execution, verdict, verdict.suspect);
  const claim = claims.find(({ name }) => name === verdict.claim) ?? null;
  // A crash needs every unit; a claim only those that were accepted.
  const reduced = claim === null ? candidate : { ...candidate, units: acceptedUnits(candidate, execution) };
  const settled =
    claim !== null && verdict.kind === 'solution' ? await believe(stages, reduced, claim, verdict) : verdict;
  await publish(stages, reduced, settled, execution, claim);
  return settled;
}

/** Looks at what the candidate itself has proved; a proof of False that is believed takes the verdict's place. */
async function lookBehind(
  stages: Stages,
  candidate: Candidate,
  job: Job | undefined,
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  if (verdict.kind === 'solution' || job === undefined) return verdict;
  for (const sighted of await lookAt(stages, candidate, job, execution)) {
    const believed = await believe(stages, sighted.candidate, sighted.claim, sighted.verdict);
    await publish(stages, sighted.candidate, believed, execution, sighted.claim);
    if (believed.kind === 'solution') return believed;
  }
  return verdict;
}

/** Asks the kernel again in other words; a change of mind is a lead, otherwise the verdict stays. */
async function compare(
  stages: Stages,
  candidate: Candidate,
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  const again = await askAgain(stages.executor, candidate, execution, 'one');
  switch (again.kind) {
    case 'accepts':
    case 'noAnswer':
      return verdict;
    case 'refuses': {
      const { why, signature } = again;
      const lead: Verdict = { ...verdict, kind: 'lead', reasons: [why], signature };
      await publish(stages, candidate, lead, execution, null);
      return lead;
    }
    default:
      return never(again);
  }
}

/** Looks for a proof of False behind a lead; one that is believed takes the lead's place. */
async function followLead(
  stages: Stages,
  candidate: Candidate,
  execution: Execution,
  lead: Verdict,
  suspect: number,
): Promise<Verdict> {
  const units = unitsOfLead(candidate, execution, suspect);
  const attempts = stages
    .falsify(candidate, units, lead.signature)
    .map(({ units: more, claim }) => ({ attempted: { ...candidate, units: [...units, ...more] }, claim }));
  const jobs = attempts.map(({ attempted, claim }) => jobFor(attempted, [claim]));
  const executions = await stages.executor.run(jobs);
  for (const [index, { attempted, claim }] of attempts.entries()) {
    const tried = executions[index];
    // Nearly all are refused; only an accepted claim is worth the judge's time.
    if (tried?.claims[0]?.refusal !== null) continue;
    const verdict = judge(attempted, [claim], tried, 0);
    if (verdict.kind !== 'solution') continue;
    const reduced = { ...attempted, units: acceptedUnits(attempted, tried) };
    const believed = await believe(stages, reduced, claim, {
      ...verdict,
      reasons: [...verdict.reasons, ...lead.reasons],
      signature: solutionOf(lead.signature),
    });
    await publish(stages, reduced, believed, tried, claim);
    if (believed.kind !== 'solution') continue;
    // What the candidate is built on must not hold the suspect: False would be found behind everything.
    return { ...believed, suspect };
  }
  await publish(stages, { ...candidate, units }, lead, execution, null);
  return lead;
}

async function publish(
  stages: Stages,
  candidate: Candidate,
  verdict: Verdict,
  execution: Execution,
  claim: Claim | null,
): Promise<void> {
  const { worker } = stages;
  await stages.publish({
    id: findingId(candidate, claim),
    candidate,
    verdict,
    outcome: outcomeOf(execution),
    claim,
    worker,
  });
}

async function believe(
  stages: Stages,
  candidate: Candidate,
  claim: Claim,
  verdict: Verdict,
): Promise<Verdict> {
  const confirmation = await confirm(stages.executor, candidate, claim);
  switch (confirmation.kind) {
    case 'accepts': {
      const reasons = [...verdict.reasons, ...confirmation.reasons];
      return { ...verdict, reasons, axioms: confirmation.axioms };
    }
    case 'refuses':
    case 'noAnswer': {
      const { kind, why } = confirmation;
      const [reason = '', ...others] = verdict.reasons;
      const reasons =
        kind === 'refuses'
          ? [reason, ...others, why]
          : [`unknown: ${reason}, but its confirmation gave no answer: ${why}`, ...others];
      return { ...verdict, kind: 'lead', reasons, signature: unconfirmedOf(verdict.signature, kind) };
    }
    default:
      return never(confirmation);
  }
}

/** An entry without what does not matter for its being new, as far as little work shows. */
async function smaller(stages: Stages, entry: CorpusEntry, fresh: Uint32Array): Promise<CorpusEntry> {
  const least = stages.minimizes ? await minimizeEntry(stages.executor, entry, fresh) : entry;
  return stages.trim(least, fresh);
}

/** The corpus entry of a candidate; undefined where nothing is left to build on. */
function entryOf(
  stages: Stages,
  candidate: Candidate,
  execution: Execution,
  verdict: Verdict,
  features: Uint32Array,
  newFeatures: number,
): CorpusEntry | undefined {
  const failed = execution.failure !== null;
  const kept = failed
    ? candidate
    : { ...candidate, units: fertileUnits(candidate, execution, verdict.suspect) };
  if (kept.units.length === 0) return undefined;
  return {
    id: contentId(kept),
    candidate: kept,
    features,
    newFeatures,
    heartbeats: workOf(execution),
    outcome: outcomeOf(execution),
    worker: stages.worker,
  };
}

function countsOf(candidate: Candidate, execution: Execution, verdict: Verdict): Counts {
  const isQuestion = (index: number): boolean => (candidate.units[index]?.expected ?? 'any') !== 'any';
  // What was taken from an earlier run of the same prefix is not counted again.
  const ran = execution.steps.map((step, index) => ({ ...step, index })).filter((step) => step.micros > 0);
  const declarations = ran.filter(
    ({ index }) => !isQuestion(index) && candidate.units[index]?.kind !== 'options',
  );
  return {
    tests: execution.claims.length + ran.filter(({ index }) => isQuestion(index)).length,
    declarations: declarations.length,
    accepted: declarations.filter((step) => step.refusal === null).length,
    malformed: ran.filter((step) => step.refusal?.kind === 'malformed').length,
    leanMicros: [...execution.steps, ...execution.claims].reduce((sum, result) => sum + result.micros, 0),
    execution,
    verdict,
  };
}
