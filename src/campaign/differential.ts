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

/** Runs one variant of a candidate and tells where the kernel answers otherwise; undefined where it does not. */
export async function compareWithVariants(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
): Promise<Disagreement | undefined> {
  const { seed, run } = candidate.lineage;
  const random = Random.of(seed, run, 3);
  const variants = variantsOf(random, candidate.units);
  if (variants.length === 0) return undefined;
  const variant = random.pick(variants);
  const job = { ...jobFor({ ...candidate, units: variant.units }, []), describe: [] };
  const [executed] = await runner.run([job]);
  return compareVariants(execution.steps, variant, executed?.steps ?? []).at(0);
}
