import { expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { minimize, type Minimized } from '../../../../src/campaign/shrink/minimize.js';
import { leanTextOf } from '../../../../src/ir/unit/unit.js';
import type { JobRunner } from '../../../../src/judge/ask/job-runner.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { accepted, candidate, execution, unit } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';

const own = ownKernelFor(embedded);

/** A Lean that a text with `bad` crashes; a fresh executor only where that text has so many characters. */
class CrashingLean implements JobRunner {
  readonly base = own.environment;
  ran = 0;
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
    this.ran++;
    const texts = steps.map((step) => (step.kind === 'text' ? step.text : ''));
    const at = texts.findIndex((text) => text.includes('bad'));
    const isEnough = !this.isFresh || (texts[at] ?? '').length >= this.neededWhenFresh;
    this.isFresh = false;
    if (at < 0 || !isEnough) return execution({ steps: steps.map(() => accepted()) });
    const end = { kind: 'crashed', message: 'aborted', at } as const;
    return execution({ steps: steps.slice(0, at).map(() => accepted()), end });
  }
}

const long = `def b := bad ${'+ 1 '.repeat(40)}`;

async function minimizedOn(lean: CrashingLean, isOver = () => false): Promise<Minimized & { text: string }> {
  const others = Array.from({ length: 8 }, (_, at) =>
    unit({ text: `def q${at} := 1`, declares: [`q${at}`] }),
  );
  const units = [...others, unit({ text: long, declares: ['b'] })];
  const result = await minimize([lean], { candidate: candidate({ units }) }, { own, isOver });
  if (result.kind !== 'accepts') throw new Error(result.kind);
  const texts = result.subject.candidate.units.map((one) => leanTextOf(one));
  expect(texts).toHaveLength(1);
  return { ...result, text: texts[0] ?? '' };
}

it('asks a fresh executor once, of the last form', async () => {
  const lean = new CrashingLean(0);
  const { text, complete, givenUp } = await minimizedOn(lean);
  expect(text).toBe('def bad');
  expect([complete, givenUp, lean.replaced]).toEqual([true, null, 1]);
});

it('goes back to a larger form where a fresh executor does not say the same of the last', async () => {
  const lean = new CrashingLean(30);
  const { text, complete, givenUp } = await minimizedOn(lean);
  expect(text.length).toBeGreaterThanOrEqual(30);
  expect(text.length).toBeLessThan(long.length);
  expect([complete, givenUp]).toEqual([false, 'another verdict']);
  // Half of the forms that were kept are left out each time.
  expect(lean.replaced).toBeLessThan(8);
});

it('goes back also where time is over', async () => {
  const lean = new CrashingLean(30);
  const { text, complete } = await minimizedOn(lean, () => lean.ran > 30);
  expect(text.length).toBeLessThan(long.length);
  expect(complete).toBe(false);
});

it('says that it does not reproduce where a fresh executor says of no form what the used one said', async () => {
  const lean = new CrashingLean(long.length + 1);
  await expect(minimizedOn(lean)).rejects.toThrow('refuses');
});
