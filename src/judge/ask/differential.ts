import { accepts } from '../../api/answer.js';
import type { Candidate, Unit } from '../../api/candidate.js';
import type { Execution, StepResult } from '../../api/execution.js';
import type { Signature } from '../../api/signature.js';
import { assume } from '../../kernel/assume.js';
import type { Environment } from '../../kernel/environment.js';
import { causeIn } from '../cause.js';
import { compareVariants, type Disagreement } from '../differential/compare.js';
import { reducibleDefinitions, unstableReduction } from '../differential/reductions.js';
import type { Variant } from '../differential/variant.js';
import { variantOf, variantsOf } from '../differential/variants.js';
import { Random } from '../../util/random.js';
import { unfinished } from '../no-answer.js';
import type { OwnKernel } from '../own-kernel.js';
import type { AskedAgain } from './asked-again.js';
import { askKernelAlone } from './ask-kernel-alone.js';
import type { JobRunner } from './job-runner.js';
import { compareWithOwn, readByOwn } from './compare-with-own.js';
import { jobFor } from './job.js';

/**
 * One candidate in so many is asked about again. That costs as much as the candidate, at the source level four times.
 */
const oneIn = { kernel: 8, source: 64 } as const;
/** One candidate in so many has its definitions reduced twice: a reduction takes a millisecond. */
const reducedOneIn = 32;

/** One candidate in so many that shows nothing new is compared with our own kernel. */
const comparedOneIn = 16;
/**
 * One candidate in so many of those has its refusals weighed and its terms asked about, which costs more than it did.
 */
const weighedOneIn = 4;

/** Whether our own kernel is asked what a candidate should have come to: always where something is new. */
export function isCompared({ level, lineage }: Candidate, execution: Execution, isNew: boolean): boolean {
  return (
    level === 'kernel' && execution.end.kind === 'finished' && (isNew || lineage.run % comparedOneIn === 0)
  );
}

/** Whether our own kernel is also asked about what a compared candidate was refused, and about its terms. */
export function isWeighed({ lineage }: Candidate): boolean {
  return lineage.run % weighedOneIn === 0;
}

export function isSampled({ level, lineage }: Candidate, execution: Execution): boolean {
  return lineage.run % oneIn[level] === 0 && execution.end.kind === 'finished';
}

/** Everything that is asked about a candidate after it was judged: of our own kernel, and of Lean again. */
export async function askAll(
  runner: Pick<JobRunner, 'run' | 'base'>,
  candidate: Candidate,
  execution: Execution,
  own: OwnKernel,
): Promise<AskedAgain> {
  if (candidate.level === 'source') return askAgain(runner, candidate, execution, 'all');
  const reading = readByOwn(candidate, execution, own, true);
  const compared = await compareWithOwn(runner, candidate, execution, reading, own);
  if (compared.kind === 'refuses') return compared;
  const again = await askAgain(runner, candidate, execution, 'all');
  return again.kind === 'accepts' ? compared : again;
}

/**
 * Asks the kernel about a candidate again: in other words (all variants, or a random one), and to reduce what its
 * reductions came to (with one variant only now and then). At the source level: from the beginning, and the kernel
 * alone.
 */
export async function askAgain(
  runner: Pick<JobRunner, 'run' | 'base'>,
  candidate: Candidate,
  execution: Execution,
  variants: 'all' | 'one',
): Promise<AskedAgain> {
  if (candidate.level === 'source') return askKernelAlone(runner, candidate, execution);
  const compared = await compareVariantsOf(runner, candidate, execution, variants);
  if (compared.kind === 'refuses' || (variants === 'one' && candidate.lineage.run % reducedOneIn !== 0))
    return compared;
  const reduced = await reduceAgain(runner, candidate, execution);
  return reduced.kind === 'accepts' ? compared : reduced;
}

async function compareVariantsOf(
  runner: Pick<JobRunner, 'run' | 'base'>,
  candidate: Candidate,
  execution: Execution,
  which: 'all' | 'one',
): Promise<AskedAgain> {
  const { seed, run } = candidate.lineage;
  const random = Random.of(seed, run, 3);
  const variants =
    which === 'all'
      ? variantsOf(random, candidate.units)
      : [variantOf(random, candidate.units)].filter((variant) => variant !== undefined);
  const jobs = variants.map(({ units }) => ({ ...jobFor({ ...candidate, units }, []), describe: [] }));
  const executions = await runner.run(jobs);
  const [change] = variants.flatMap((variant, i) =>
    disagreements(runner.base, candidate.units, execution.steps, variant, executions[i]?.steps ?? []),
  );
  if (change !== undefined) return changed(change);
  const cut = variants.findIndex((_, i) => executions[i]?.end.kind !== 'finished');
  return cut < 0 ? accepts : unfinished(executions[cut]);
}

/**
 * Where a variant was answered otherwise than the units that it restates, each by its cause: what the theory refuses in
 * what was accepted, else what Lean said.
 */
export function disagreements(
  base: Environment,
  units: readonly Unit[],
  steps: readonly StepResult[],
  variant: Variant,
  otherSteps: readonly StepResult[],
): Disagreement[] {
  return compareVariants(steps, variant, otherSteps).map((change) => {
    const cause =
      change.acceptedBy === 'original'
        ? causeAt(base, units, steps, change.unit)
        : causeAt(base, variant.units, otherSteps, variant.positions[change.unit]);
    return cause === undefined ? change : { ...change, signature: cause };
  });
}

/**
 * The signature of a Lean that accepts a declaration which the theory refuses: then that is the cause, and not how the
 * declaration was said. Undefined where the theory refuses nothing.
 */
function causeAt(
  base: Environment,
  units: readonly Unit[],
  steps: readonly StepResult[],
  at: number | undefined,
): Signature | undefined {
  const declarations = units
    .slice(0, at === undefined ? 0 : at + 1)
    .flatMap((unit, index) =>
      unit.form === 'kernel' && steps[index]?.outcome.kind === 'accepted' ? [unit.declaration] : [],
    );
  return causeIn(declarations.slice(0, -1).reduce(assume, base), declarations.slice(-1));
}

async function reduceAgain(
  runner: Pick<JobRunner, 'run' | 'base'>,
  candidate: Candidate,
  execution: Execution,
): Promise<AskedAgain> {
  const describe = reducibleDefinitions(runner.base, candidate, execution);
  if (describe.length === 0) return accepts;
  const [executed] = await runner.run([{ ...jobFor(candidate, []), describe, reduce: true }]);
  if (executed === undefined || executed.end.kind !== 'finished') return unfinished(executed);
  const change = unstableReduction(executed.shapes);
  return change === undefined ? accepts : changed(change);
}

function changed({ reason, signature }: Pick<Disagreement, 'reason' | 'signature'>): AskedAgain {
  return { kind: 'refuses', why: reason, signature };
}
