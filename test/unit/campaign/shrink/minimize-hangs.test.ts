import { beforeEach, expect, it, vi } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { minimize } from '../../../../src/campaign/shrink/minimize.js';
import { hangMillis } from '../../../../src/campaign/shrink/property.js';
import { leanTextOf } from '../../../../src/ir/unit/unit.js';
import type { JobRunner } from '../../../../src/judge/ask/job-runner.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { accepted, candidate, execution, unit } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';

const own = ownKernelFor(embedded);
const wholeLimit = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  return () => vi.useRealTimers();
});

/** A Lean on which each `slow` of a text takes a second, and an `endless` never ends. */
class SlowLean implements JobRunner {
  readonly base = own.environment;
  /** The limits of time that jobs have met. */
  readonly met: number[] = [];

  run(jobs: readonly Job[]): Promise<Execution[]> {
    return Promise.resolve(jobs.map((job) => this.answer(job)));
  }

  replace(): Promise<void> {
    return Promise.resolve();
  }

  private answer({ steps, millis: limit = wholeLimit }: Job): Execution {
    let passed = 0;
    for (const [at, step] of steps.entries()) {
      const text = step.kind === 'text' ? step.text : '';
      passed += text.includes('endless') ? Infinity : 1000 * text.split('slow').length - 1000;
      if (passed <= limit) continue;
      vi.advanceTimersByTime(limit);
      this.met.push(limit);
      const end = { kind: 'timeout', message: `no result after ${limit} ms`, at } as const;
      return execution({ steps: steps.slice(0, at).map(() => accepted()), end });
    }
    vi.advanceTimersByTime(passed);
    return execution({ steps: steps.map(() => accepted()) });
  }
}

async function minimized(bad: string, hangsFor = wholeLimit) {
  const quick = (at: number) => unit({ text: `def q${at} := 1`, declares: [`q${at}`] });
  const units = Array.from({ length: 24 }, (_, at) => quick(at)).toSpliced(12, 0, unit({ text: bad }));
  const lean = new SlowLean();
  const subject = { candidate: candidate({ units }) };
  const result = await minimize([lean], subject, { own, hangsFor, isOver: () => false });
  if (result.kind !== 'accepts') throw new Error(result.kind);
  const texts = result.subject.candidate.units.map((one) => leanTextOf(one));
  return { ...result, texts, whole: lean.met.filter((limit) => limit === wholeLimit).length, met: lean.met };
}

it('waits for the whole limit once where something hangs', async () => {
  const { texts, whole, met, complete } = await minimized('def f := endless + 1 + 2');
  expect(texts).toEqual(['def endless']);
  expect([whole, complete]).toEqual([1, true]);
  expect(met.every((limit) => limit === wholeLimit || limit === hangMillis.source)).toBe(true);
});

it('keeps what takes longer than the whole limit, where less of it would only be slow', async () => {
  const { texts, whole, complete, givenUp } = await minimized(`def f := ${'slow + '.repeat(40)} 1`);
  expect(texts).toHaveLength(1);
  const left = (texts[0] ?? '').split('slow').length - 1;
  // Three are enough to look as if it hung.
  expect(left).toBeGreaterThan(10);
  expect(left).toBeLessThan(40);
  // One that ends is followed by one that should not: to wait for the whole limit again and again takes too long.
  expect([complete, typeof givenUp, whole]).toEqual([false, 'string', 1]);
});

it('keeps one declaration where no form seems to take long enough', async () => {
  // Four times the limit that there is.
  const { texts } = await minimized(`def f := ${'slow + '.repeat(12)} 1`, 4 * wholeLimit);
  expect(texts).toHaveLength(1);
});

it('says that it does not reproduce where it only was slow', async () => {
  const lean = new SlowLean();
  const subject = { candidate: candidate({ units: [unit({ text: 'slow slow slow' })] }) };
  const result = await minimize([lean], subject, { own, hangsFor: wholeLimit, isOver: () => false });
  expect(result.kind).toBe('refuses');
});
