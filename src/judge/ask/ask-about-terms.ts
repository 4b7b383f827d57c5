import type { Candidate } from '../../api/candidate.js';
import { finished, type Execution, type Job } from '../../api/execution.js';
import type { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Environment } from '../../kernel/environment.js';
import { Random } from '../../util/random.js';
import { questionsAbout } from '../differential/questions.js';
import { answerTo } from '../no-answer.js';
import type { OwnKernel } from '../own-kernel.js';
import type { JobRunner } from './job-runner.js';
import { acceptedUnits, jobFor } from './job.js';

/** Declarations of a candidate that a term is taken from. */
const maxAsked = 2;

/** A candidate that ends in a question, and what came of it. */
export interface WronglyAnswered {
  readonly candidate: Candidate;
  readonly execution: Execution;
}

/**
 * Asks a Lean about terms of a kernel-level candidate of which our own kernel knows the answers, in an environment
 * that has its accepted units. The first question that gets another answer, behind those units; undefined where there
 * is none.
 */
export async function askAboutTerms(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
  environment: Environment,
  own: OwnKernel,
): Promise<WronglyAnswered | undefined> {
  const units = acceptedUnits(candidate, execution);
  const questions = questionsFor({ ...candidate, units }, environment, own);
  if (questions.length === 0) return undefined;
  const job: Job = { ...jobFor({ ...candidate, units: [...units, ...questions] }, []), describe: [] };
  const [answered] = await runner.run([job]);
  if (answered === undefined) return undefined;
  const before = answered.steps.slice(0, units.length);
  for (const [index, unit] of questions.entries()) {
    const step = answered.steps[units.length + index];
    if (step === undefined) break;
    const answer = answerTo(step);
    if (answer.kind === 'noAnswer' || (answer.kind === 'accepts') === (unit.expected === 'accept')) continue;
    return {
      candidate: { ...candidate, units: [...units, unit] },
      execution: { steps: [...before, step], claims: [], shapes: [], end: finished },
    };
  }
  return undefined;
}

/** Questions about terms of a candidate's units, in an environment that has them: the same ones each time. */
export function questionsFor(
  { lineage, units }: Pick<Candidate, 'lineage' | 'units'>,
  environment: Environment,
  own: OwnKernel,
): KernelUnit[] {
  const random = Random.of(lineage.seed, lineage.run, 4);
  const tag = random.uint32().toString(16);
  const declarations = units.flatMap((unit) => (unit.form === 'kernel' ? [unit.declaration] : []));
  const withValues = declarations.filter((declaration) => 'value' in declaration);
  let count = 0;
  const asked: KernelUnit[] = [];
  for (let i = 0; i < maxAsked && withValues.length > 0; i++) {
    const [declaration] = withValues.splice(random.below(withValues.length), 1);
    if (declaration !== undefined)
      asked.push(...questionsAbout(random, environment, declaration, own.mode, () => `ask${tag}_${count++}`));
  }
  return asked;
}
