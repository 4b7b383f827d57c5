import type { Claim, Job } from '../src/api/execution.js';
import { jobFor } from '../src/judge/ask/job.js';
import { makeCandidate } from '../src/generate/schedule.js';
import { suffixes } from '../src/judge/suffixes.js';

/** The job of a freshly generated candidate of the default size; without a corpus, so that numbers compare. */
export function freshJob(run: number, claims: readonly Claim[] = suffixes): Job {
  const candidate = makeCandidate({ seed: 1, depth: 15, level: 'source' }, run, {
    size: 0,
    pick: () => undefined,
  });
  return jobFor(candidate, claims);
}
