import { accepts, refuses } from '../../api/answer.js';
import type { Candidate } from '../../api/candidate.js';
import type { Execution, Job } from '../../api/execution.js';
import type { LeanIdentity } from '../../api/lean.js';
import { isSameSignature, type Signature } from '../../api/signature.js';
import { questionJob } from '../../judge/ask/job.js';
import { differencesBetween, type LeanDifference } from '../../judge/differential/between-leans.js';
import { kernelPasses } from '../shrink/kernel-passes.js';
import { Shrinker } from '../shrink/shrink.js';
import { weigh, type Subject } from '../shrink/subject.js';
import { kernelUnitsOf } from './kernel-units.js';

/** Someone who runs jobs, and which Lean that is. */
export interface Runs {
  readonly lean: LeanIdentity;
  run(jobs: readonly Job[]): Promise<Execution[]>;
}

/** A candidate about which two Leans differ, and how. */
export interface Differing {
  readonly candidate: Candidate;
  readonly difference: LeanDifference;
  /** Of the first of the two. */
  readonly execution: Execution;
}

/** Edits that both Leans get at once. */
const batch = 24;

/**
 * Makes a candidate smaller as long as two Leans differ about it for the same cause, until nothing smaller does, or
 * until the deadline, on the clock of performance.now(). Undefined where they do not differ so.
 */
export async function shrinkDifference(
  candidate: Candidate,
  signature: Signature,
  leans: readonly [Runs, Runs],
  deadline: number,
): Promise<Differing | undefined> {
  const find = async (subjects: readonly Subject[]): Promise<(Differing | undefined)[]> => {
    const all = subjects.map((subject) => kernelUnitsOf(subject.candidate));
    const jobs = all.map(questionJob);
    const [ours, theirs] = await Promise.all([leans[0].run(jobs), leans[1].run(jobs)]);
    return subjects.map((subject, index) => {
      const execution = ours[index];
      if (execution === undefined) return undefined;
      const one = { lean: leans[0].lean, execution };
      const other = { lean: leans[1].lean, execution: theirs[index] };
      const difference = differencesBetween(all[index] ?? [], one, other).find((found) =>
        isSameSignature(found.signature, signature),
      );
      return difference && { candidate: subject.candidate, difference, execution };
    });
  };
  const shrinker = new Shrinker<Subject>({
    test: async (subjects) =>
      (await find(subjects)).map((found) => (found === undefined ? refuses('another answer') : accepts)),
    batch,
    budget: Infinity,
    isLess: (edited, than) => weigh(edited) < weigh(than),
    isOver: () => performance.now() >= deadline,
  });
  const [start] = await find([{ candidate }]);
  if (start === undefined) return undefined;
  const subject = await shrinker.toEnd(kernelPasses, { candidate });
  const [small] = await find([subject]);
  return small ?? start;
}
