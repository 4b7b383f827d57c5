import type { Candidate } from '../../api/candidate.js';
import { jobFor } from '../../judge/ask/job.js';
import type { JobRunner } from '../../judge/ask/confirm.js';

/** The blocks of the kernel's code that a candidate reaches when it is run once more. */
export interface Confirmed {
  /** Ascending; without those that the base environment reaches, which tell no candidate from another. */
  readonly blocks: Uint32Array;
  /** Those of the new ones that it reaches again: the others hang on what had been run before. */
  readonly fresh: Uint32Array;
}

/**
 * Runs a candidate once more, all of it, and looks at every block that it reaches. Claims are left out: they cost
 * most.
 */
export async function confirmBlocks(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  found: Uint32Array,
): Promise<Confirmed> {
  const [again] = await runner.run([{ ...jobFor(candidate, []), describe: [], trace: true }]);
  const blocks = again?.end.kind === 'finished' ? (again.trace ?? new Uint32Array(0)) : new Uint32Array(0);
  const reached = new Set(blocks);
  return { blocks, fresh: found.filter((block) => reached.has(block)) };
}
