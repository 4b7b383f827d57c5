/** The common run: 10,000 declarations that tell a mutated kernel from the unmodified one. */
import type { Unit } from '../../src/api/candidate.js';
import type { Execution, Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { KernelPatch } from '../../src/execute/native/lean-host.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { environmentOn } from '../../src/kernel/base-environment.js';
import { Random } from '../../src/util/random.js';

/** Seed of the declarations: the same for all mutants, whatever seed they are drawn by. */
const workSeed = 1;
const depths = [12, 30, 60];
const questions = 12;
const batch = 32;
const jobMillis = 3000;
/** So many jobs that end their executor, and the mutant is one that crashes. */
const maxFailures = 5;

/** How a mutant differs; `same` does not on this work, `crashes` says of too much nothing at all. */
export type Difference = 'accepts more' | 'refuses more' | 'builds otherwise' | 'same' | 'crashes';

/** Jobs with at least so many declarations, each of which also asks what was made of its inductive types. */
export function commonJobs(declarations: number): Job[] {
  const jobs: Job[] = [];
  for (let run = 0, steps = 0; steps < declarations; run++) {
    const depth = depths[run % depths.length] ?? 12;
    const generator = new KernelGenerator(
      Random.of(workSeed, run),
      run.toString(36),
      depth,
      environmentOn('native'),
    );
    const units = generator.withQuestions(generator.fresh(), questions);
    jobs.push(jobOf(units));
    steps += units.length;
  }
  return jobs;
}

function jobOf(units: readonly Unit[]): Job {
  const lineage = { seed: workSeed, run: 0, parents: [], mutators: [], categories: [] };
  const inductive = units
    .filter(({ kind }) => kind === 'inductive')
    .flatMap(({ declares }) => declares.slice(0, 1));
  return { ...jobFor({ level: 'kernel', lineage, units }, []), made: inductive };
}

/** The answers of a kernel to the jobs. */
export function answersOf(lean: NativeLean, jobs: readonly Job[]): Promise<Execution[]> {
  return withLean({ native: lean }, { jobMillis }, (executor) => executor.run(jobs));
}

/** How a mutant differs from what the unmodified kernel answers; the first difference decides. */
export function differenceOf(
  lean: NativeLean,
  patch: KernelPatch,
  jobs: readonly Job[],
  answers: readonly Execution[],
): Promise<Difference> {
  return withLean({ native: lean, patch }, { jobMillis }, async (executor) => {
    let failures = 0;
    for (let at = 0; at < jobs.length; at += batch) {
      const executions = await executor.run(jobs.slice(at, at + batch));
      for (const [index, execution] of executions.entries()) {
        const difference = between(answers[at + index], execution);
        if (difference !== 'same') return difference;
        // A job that ends the unmodified kernel, too, says nothing.
        const fails = execution.end.kind !== 'finished' && answers[at + index]?.end.kind === 'finished';
        if (fails && ++failures >= maxFailures) return 'crashes';
      }
    }
    return failures > 0 ? 'crashes' : 'same';
  });
}

/** How two answers to a job differ, as far as both answer. */
export function between(one: Execution | undefined, other: Execution): Difference {
  if (one === undefined) return 'same';
  for (const [index, step] of other.steps.entries()) {
    const expected = one.steps[index];
    if (
      expected === undefined ||
      (expected.outcome.kind === 'accepted') === (step.outcome.kind === 'accepted')
    )
      continue;
    return step.outcome.kind === 'accepted' ? 'accepts more' : 'refuses more';
  }
  const [made, expected] = [other.made, one.made];
  if (made === undefined || expected === undefined) return 'same';
  const isSame =
    JSON.stringify(made.constants) === JSON.stringify(expected.constants) &&
    Buffer.compare(Buffer.from(made.terms.buffer), Buffer.from(expected.terms.buffer)) === 0;
  return isSame ? 'same' : 'builds otherwise';
}
