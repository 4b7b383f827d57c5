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
import type { Execution } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import { claimsFor } from '../judge/claims.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import { featuresOf } from '../judge/features.js';
import { judge } from '../judge/judge.js';
import { ofFile } from '../judge/signature.js';
import { jobFor, newWorkOf } from '../judge/ask/job.js';
import { contentId } from '../share/entry-codec.js';
import { attempt, candidateErrorOf, isImport, subjectOf } from './candidate-errors.js';
import { countsOf } from './counts.js';
import { classify } from './classify.js';
import { shareEntry, type Judged } from './share-entry.js';
import type { Prepared, Run, Stages } from './stages.js';

/** 1. Generates a candidate, and says what is asked about it; undefined where an error ended its way. */
export async function prepare(stages: Stages, run: number): Promise<Prepared | undefined> {
  const unmade = { seed: stages.seed, run, candidate: null };
  const candidate = await attempt(stages, 'generate', unmade, () => stages.generate(run));
  return (
    candidate && attempt(stages, 'encode', subjectOf(candidate), () => questionsAbout(stages, candidate))
  );
}

function questionsAbout(stages: Stages, candidate: Candidate): Prepared {
  const claims = claimsFor(candidate, stages.hasTactics);
  const job = jobFor(candidate, claims);
  // At the kernel level the candidate itself says what it declares.
  const looking = candidate.level === 'source' ? { ...job, look: true } : job;
  const rivalCost = stages.rivalCost(candidate.level);
  return { subject: subjectOf(candidate), candidate, claims, job: looking, rivalCost };
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
  runner: SteadyRunner,
  prepared: Prepared,
  execution: Execution,
): Promise<Verdict | undefined> {
  const { candidate, subject } = prepared;
  stages.count(countsOf(candidate, execution));
  if (execution.end.kind === 'too-large') {
    stages.failed(candidateErrorOf('run', subject, new TooLarge(execution.end.message)));
    return undefined;
  }
  // 3. Features and verdict.
  const newBlocks = stages.reached(candidate.lineage.run, prepared.job, execution);
  const judged = await attempt(stages, 'judge', subject, () =>
    judgeOne(stages, runner, prepared, execution, newBlocks),
  );
  if (judged === undefined) return undefined;
  // 4. Confirmation of the verdict.
  const verdict = await classify(stages, runner, prepared, execution, judged.verdict);
  // 5. Sharing of interesting entries.
  await attempt(stages, 'share', subject, () =>
    shareEntry(stages, runner, prepared, execution, { ...judged, verdict }),
  );
  // 6. Learning; others answer when they come to it.
  stages.askOthers(candidate, execution, judged.verdict);
  stages.learn(candidate, verdict, judged.fresh.length + newBlocks.length, newWorkOf(execution));
  return verdict;
}

/** Thrown for what does not fit between worker and executor. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

function judgeOne(
  stages: Stages,
  { base }: SteadyRunner,
  { candidate, claims }: Prepared,
  execution: Execution,
  newBlocks: Uint32Array,
): Judged {
  const features = featuresOf(candidate, execution);
  const fresh = stages.observe(features, candidate);
  const news = fresh.length + newBlocks.length;
  const verdict = judge(base, candidate, claims, execution, news, (signature, suspect) =>
    stages.isExhausted(signature, suspect),
  );
  // Each file of the user's that ends an executor is a finding of its own.
  const ofUser = execution.end.kind !== 'finished' && isImport(candidate) && verdict.kind === 'lead';
  if (!ofUser) return { features, fresh, newBlocks, verdict };
  return {
    features,
    fresh,
    newBlocks,
    verdict: { ...verdict, signature: ofFile(verdict.signature, contentId(candidate)) },
  };
}
