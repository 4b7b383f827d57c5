import type { Candidate } from '../api/candidate.js';
import type { Claim, Execution, Job } from '../api/execution.js';
import type { Solution } from '../api/verdict.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import { acceptedUnits } from '../judge/ask/job.js';
import type { Look } from '../judge/ask/look.js';
import { judge } from '../judge/judge.js';

/** Services of a worker that a look needs. */
export interface LookStages {
  readonly look: Look;
  /** Counts constants that were not looked at to the end. */
  readonly countUnlooked: (constants: number) => void;
}

/** A proof of False that a candidate's own constant has given. */
export interface Sighted {
  /** The accepted units: what the proof stands on. */
  readonly candidate: Candidate;
  readonly claim: Claim;
  /** With the unit that brought the constant as its suspect: False would be found behind all that is built on it. */
  readonly verdict: Solution;
}

/**
 * Looks at all that a candidate has declared. Proofs that the audit declines, such as those that rest on an axiom,
 * are no news: nobody has claimed anything.
 */
export async function lookAt(
  { look, countUnlooked }: LookStages,
  runner: SteadyRunner,
  candidate: Candidate,
  job: Job,
  execution: Execution,
): Promise<Sighted[]> {
  // On the Lake target nobody sees an environment.
  if (runner.check !== undefined) return [];
  const { accepted, left } = await look.at(runner, job, execution, 'fresh', candidate.units);
  if (left > 0) countUnlooked(left);
  return accepted.flatMap(({ step, constant, form, claim, result }) => {
    const verdict = judge(runner.base, candidate, [claim], { ...execution, claims: [result] }, 0);
    if (verdict.kind !== 'solution') return [];
    const reasons = [`${constant} states what is false (${form})`, ...verdict.reasons];
    const reduced = { ...candidate, units: acceptedUnits(candidate, execution) };
    return [{ candidate: reduced, claim, verdict: { ...verdict, reasons, suspect: step } }];
  });
}
