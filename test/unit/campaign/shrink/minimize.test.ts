import { expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { minimize, type Minimized } from '../../../../src/campaign/shrink/minimize.js';
import type { JobRunner } from '../../../../src/judge/ask/job-runner.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { accepted, candidate, execution, unit } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';

const own = ownKernelFor(embedded);

/** A Lean that a text with `bad` crashes; a fresh executor only where so many units stand before it. */
class CrashingLean implements JobRunner {
  readonly base = own.environment;
  replaced = 0;
  private isFresh = false;

  constructor(private readonly neededWhenFresh: number) {}

  run(jobs: readonly Job[]): Promise<Execution[]> {
    return Promise.resolve(jobs.map((job) => this.answer(job)));
  }

  replace(): Promise<void> {
    this.replaced++;
    this.isFresh = true;
    return Promise.resolve();
  }

  private answer({ steps }: Job): Execution {
    const at = steps.findIndex((step) => step.kind === 'text' && step.text.includes('bad'));
    const isEnough = !this.isFresh || at >= this.neededWhenFresh;
    this.isFresh = false;
    if (at < 0 || !isEnough) return execution({ steps: steps.map(() => accepted()) });
    const end = { kind: 'crashed', message: 'aborted', at } as const;
    return execution({ steps: steps.slice(0, at).map(() => accepted()), end });
  }
}

async function minimizedOn(lean: CrashingLean, before: number): Promise<Minimized> {
  const others = Array.from({ length: before }, (_, at) =>
    unit({ text: `def q${at} := 1`, declares: [`q${at}`] }),
  );
  const units = [...others, unit({ text: 'def b := bad', declares: ['b'] })];
  const result = await minimize([lean], { candidate: candidate({ units }) }, { own, isOver: () => false });
  if (result.kind !== 'accepts') throw new Error(result.kind);
  return result;
}

it('asks a fresh executor once, of the last form', async () => {
  const lean = new CrashingLean(0);
  const { subject, complete, givenUp } = await minimizedOn(lean, 32);
  expect(subject.candidate.units).toHaveLength(1);
  expect([complete, givenUp, lean.replaced]).toEqual([true, null, 1]);
});

it('goes back to a larger form where a fresh executor does not say the same of the last', async () => {
  const lean = new CrashingLean(1000);
  await expect(minimizedOn(lean, 32)).rejects.toThrow('refuses');
  // Half of the forms that were kept are left out each time.
  expect(lean.replaced).toBeLessThan(8);
  const needed = new CrashingLean(32);
  const { subject, complete, givenUp } = await minimizedOn(needed, 32);
  expect(subject.candidate.units).toHaveLength(33);
  expect([complete, givenUp]).toEqual([false, 'another verdict']);
});
