import type { Candidate } from '../api/candidate.js';
import type { Job } from '../api/execution.js';
import { makeCandidate } from '../generate/schedule.js';
import { variantOf } from '../judge/differential/variants.js';
import { jobFor, questionJob } from '../judge/ask/job.js';
import { Random } from '../util/random.js';
import { kernelUnitsOf } from './opinions/kernel-units.js';

/**
 * Candidates of kernel level that are run before the first fork. Of 8,000 jobs in executors that were replaced every 330
 * jobs, all took 22.4 s without, 15.2 s with 100 (0.6 s of boot), 14.8 s with 200, 14.8 s with 400, and 9.6 s in one
 * executor.
 */
const count = 100;
/** Hardly anybody's, so that what a campaign makes has not been run before. */
const seed = Number.MAX_SAFE_INTEGER;
/** One candidate in so many is also run in other words. */
const variantOneIn = 4;

/**
 * Jobs of kernel level as campaigns have them: candidates, what their inductive types have come to, the same in other
 * words.
 */
export function warmUpJobs(): Job[] {
  return Array.from({ length: count }, (_, run) =>
    makeCandidate({ seed, depth: 15, level: 'kernel' }, run, { size: 0, pick: () => undefined }),
  ).flatMap((candidate) => [
    jobFor(candidate, []),
    questionJob(kernelUnitsOf(candidate)),
    ...inOtherWords(candidate),
  ]);
}

function inOtherWords(candidate: Candidate): Job[] {
  const { run } = candidate.lineage;
  const variant = run % variantOneIn === 0 ? variantOf(Random.of(seed, run, 3), candidate.units) : undefined;
  return variant === undefined ? [] : [jobFor({ ...candidate, units: variant.units }, [])];
}
