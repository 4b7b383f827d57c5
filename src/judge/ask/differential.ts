import type { Candidate } from '../../api/candidate.js';
import type { Execution } from '../../api/execution.js';
import { compareVariants, type Disagreement } from '../differential/compare.js';
import { reducibleDefinitions, unstableReduction } from '../differential/reductions.js';
import { variantsOf } from '../differential/variants.js';
import { Random } from '../../util/random.js';
import { askKernelAlone } from './ask-kernel-alone.js';
import type { JobRunner } from './confirm.js';
import { jobFor } from './job.js';

/** One candidate in so many is asked about again. That costs as much as the candidate, at the source level four times. */
const oneIn = { kernel: 8, source: 64 } as const;
/** One candidate in so many has its definitions reduced twice: a reduction takes a millisecond. */
const reducedOneIn = 32;

export function isSampled({ level, lineage }: Candidate, execution: Execution): boolean {
  return lineage.run % oneIn[level] === 0 && execution.failure === null;
}

/** A change of the kernel's mind. */
export type ChangeOfMind = Pick<Disagreement, 'reason' | 'signature'>;

/**
 * Asks the kernel about a candidate again: in other words (all variants, or a random one), and to reduce what its
 * reductions came to (with one variant only now and then). At the source level: from the beginning, and the kernel
 * alone. Undefined where it stands by what it said.
 */
export async function askAgain(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
  variants: 'all' | 'one',
): Promise<ChangeOfMind | undefined> {
  if (candidate.level === 'source') return askKernelAlone(runner, candidate, execution);
  const change = await compareVariantsOf(runner, candidate, execution, variants);
  if (change !== undefined || (variants === 'one' && candidate.lineage.run % reducedOneIn !== 0))
    return change;
  return reduceAgain(runner, candidate, execution);
}

async function compareVariantsOf(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
  which: 'all' | 'one',
): Promise<ChangeOfMind | undefined> {
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

async function reduceAgain(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
): Promise<ChangeOfMind | undefined> {
  const describe = reducibleDefinitions(candidate, execution);
  if (describe.length === 0) return undefined;
  const [executed] = await runner.run([{ ...jobFor(candidate, []), describe, reduce: true }]);
  return unstableReduction(executed?.shapes ?? []);
}
