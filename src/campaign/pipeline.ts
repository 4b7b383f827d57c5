/**
 * The way of a candidate, in the order of the stages:
 *
 *   generate -> execute -> judge -> share        in every worker, below
 *                                   -> store -> show      in the primary, see primary.ts
 *
 * The stages never import one another; they meet here, as values. An error in a candidate's stages is the outcome of
 * that candidate (`attempt`), and the next one goes on.
 */
import type { Candidate } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import type { Execution } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import { claimsFor } from '../judge/claims.js';
import type { JobRunner } from '../judge/ask/confirm.js';
import { featuresOf } from '../judge/features.js';
import { judge } from '../judge/judge.js';
import { reusableUnits, jobFor, newWorkOf, outcomeOf, workOf } from '../judge/ask/job.js';
import { contentId, union } from '../share/entry-codec.js';
import { attempt, candidateErrorOf, isImport, subjectOf } from './candidate-errors.js';
import { countsOf } from './counts.js';
import { classify } from './classify.js';
import { minimizeEntry } from './shrink/minimize-entry.js';
import type { Prepared, Run, Stages } from './stages.js';

/** 1. Generates a candidate, and says what is asked about it; undefined where an error ended its way. */
export async function prepare(stages: Stages, run: number): Promise<Prepared | undefined> {
  const unmade = { seed: stages.seed, run, candidate: null };
  const candidate = await attempt(stages, 'generate', unmade, () => stages.generate(run));
  return (
    candidate && attempt(stages, 'encode', subjectOf(candidate), () => questionsAbout(stages, candidate))
  );
}

function questionsAbout({ hasTactics }: Stages, candidate: Candidate): Prepared {
  const claims = claimsFor(candidate, hasTactics);
  const job = jobFor(candidate, claims);
  // At the kernel level the candidate itself says what it declares.
  const looking = candidate.level === 'source' ? { ...job, look: true } : job;
  return { subject: subjectOf(candidate), candidate, claims, job: looking };
}

/** 2. Has the executor run it, behind what was handed over before. */
export function execute(stages: Stages, { subject, job }: Prepared): Promise<Run> {
  const handed = stages.run(job);
  const run = async (): Promise<Run> => {
    const execution = await attempt(stages, 'run', subject, async () => (await handed) ?? 'unrun');
    return execution ?? 'failed';
  };
  return run();
}

/** Takes an execution through the other stages. Follow-up jobs go to `runner`. */
export async function conclude(
  stages: Stages,
  runner: JobRunner,
  prepared: Prepared,
  execution: Execution,
): Promise<Verdict | undefined> {
  const { candidate, subject } = prepared;
  stages.count(countsOf(candidate, execution));
  if (execution.failure?.kind === 'too-large') {
    stages.failed(candidateErrorOf('run', subject, new TooLarge(execution.failure.message)));
    return undefined;
  }
  // 3. Features and verdict.
  const judged = await attempt(stages, 'judge', subject, () => judgeOne(stages, runner, prepared, execution));
  if (judged === undefined) return undefined;
  // 4. Confirmation of the verdict.
  const verdict = await classify(stages, runner, prepared, execution, judged.verdict);
  // 5. Sharing of interesting entries.
  await attempt(stages, 'share', subject, () =>
    share(stages, runner, candidate, execution, { ...judged, verdict }),
  );
  // 6. Learning.
  stages.learn(candidate, verdict, judged.fresh.length, newWorkOf(execution));
  return verdict;
}

/** Thrown for what does not fit between worker and executor. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A candidate's features, those of them that are new, and the judge's verdict. */
interface Judged {
  readonly features: Uint32Array;
  readonly fresh: Uint32Array;
  readonly verdict: Verdict;
}

function judgeOne(
  stages: Stages,
  { base }: JobRunner,
  { candidate, claims }: Prepared,
  execution: Execution,
): Judged {
  const features = featuresOf(candidate, execution);
  const fresh = stages.observe(features, candidate);
  const verdict = judge(base, candidate, claims, execution, fresh.length, (signature, suspect) =>
    stages.isExhausted(signature, suspect),
  );
  // Each file of the user's that ends an executor is a finding of its own.
  const ofUser = execution.failure !== null && isImport(candidate);
  const signature = ofUser ? `${verdict.signature} of import ${contentId(candidate)}` : verdict.signature;
  return { features, fresh, verdict: { ...verdict, signature } };
}

async function share(
  stages: Stages,
  runner: JobRunner,
  candidate: Candidate,
  execution: Execution,
  judged: Judged,
): Promise<void> {
  const ofUser = isImport(candidate);
  if (!ofUser && (judged.verdict.kind === 'dull' || isStale(stages, candidate, execution, judged))) return;
  const entry = entryOf(stages, candidate, execution, judged);
  if (entry === undefined) return;
  // A file of the user's stays as it is.
  await stages.share(ofUser ? entry : await smaller(stages, runner, entry, judged.fresh));
}

/** Whether a verdict is about a lead that is a finding already, and nothing else is new. */
function isStale(
  stages: Stages,
  { units }: Candidate,
  { failure }: Execution,
  { verdict: { kind, signature, suspect }, fresh }: Judged,
): boolean {
  if (kind !== 'lead' || fresh.length > 0) return false;
  const unit = suspect === undefined ? undefined : units[suspect];
  return unit === undefined ? failure !== null : stages.isExhausted(signature, unit);
}

/** An entry without what does not matter for its being new, as far as little work shows. */
async function smaller(
  stages: Stages,
  runner: JobRunner,
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  const least = stages.minimizes ? await minimizeEntry(runner, entry, fresh) : entry;
  const trimmed = await stages.trim(runner, least, fresh);
  // With the rest went what only the rest showed. It has been seen, and when the campaign is resumed, entries say so.
  return { ...trimmed, features: union(trimmed.features, fresh) };
}

/** The corpus entry of a candidate; undefined where nothing is left to build on. */
function entryOf(
  stages: Stages,
  candidate: Candidate,
  execution: Execution,
  { features, fresh, verdict }: Judged,
): CorpusEntry | undefined {
  const failed = execution.failure !== null;
  const kept = failed
    ? candidate
    : { ...candidate, units: reusableUnits(candidate, execution, verdict.suspect) };
  if (kept.units.length === 0) return undefined;
  return {
    id: contentId(kept),
    candidate: kept,
    features,
    newFeatures: fresh.length,
    heartbeats: workOf(execution),
    outcome: outcomeOf(execution),
    worker: stages.worker,
  };
}
