import type { Candidate } from '../api/candidate.js';
import type { Execution } from '../api/execution.js';
import { compareVariants, type Disagreement } from '../judge/differential/compare.js';
import { variantsOf } from '../judge/differential/variants.js';
import { Random } from '../util/random.js';
import type { JobRunner } from './confirm.js';
import { jobFor } from './job.js';

/** One candidate in so many is also run in other words, which costs as much again. */
const oneIn = 8;

export function isSampled({ level, lineage }: Candidate, execution: Execution): boolean {
  return level === 'kernel' && lineage.run % oneIn === 0 && execution.failure === null;
}

/**
 * Runs variants of a candidate, all or a random one, and tells where the kernel answers otherwise; undefined where it
 * does not.
 */
export async function compareWithVariants(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
  which: 'all' | 'one',
): Promise<Disagreement | undefined> {
  const { seed, run } = candidate.lineage;
  const random = Random.of(seed, run, 3);
  const all = variantsOf(random, candidate.units);
  const variants = which === 'all' || all.length === 0 ? all : [random.pick(all)];
  const jobs = variants.map(({ units }) => ({ ...jobFor({ ...candidate, units }, []), describe: [] }));
  const executions = await runner.run(jobs);
  return variants
    .flatMap((variant, i) => compareVariants(execution.steps, variant, executions[i]?.steps ?? []))
    .at(0);
}
