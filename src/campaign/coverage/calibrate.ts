import type { Candidate } from '../../api/candidate.js';
import { jobFor } from '../../judge/ask/job.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';

/** The blocks of the kernel's code that a candidate reaches when it is run once more. */
export interface Calibration {
  /** Ascending; without those that the base environment reaches, which tell no candidate from another. */
  readonly blocks: Uint32Array;
  /** Those of the new ones that it reaches again: the others hang on what had been run before. */
  readonly fresh: Uint32Array;
}

/**
 * Runs a candidate once more, all of it, and looks at every block that it reaches. Claims are left out: they cost
 * most. Where that gives no answer, the new blocks stay as they were found: nobody has seen that they don't come again.
 */
export async function calibrate(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  found: Uint32Array,
): Promise<Calibration> {
  const [again] = await runner.run([{ ...jobFor(candidate, []), describe: [], trace: true }]);
  if (again?.end.kind !== 'finished' || again.trace === undefined) return { blocks: found, fresh: found };
  const reached = new Set(again.trace);
  return { blocks: again.trace, fresh: found.filter((block) => reached.has(block)) };
}
