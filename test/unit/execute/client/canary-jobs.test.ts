import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/api/execution.js';
import { Canaries, canaryJobs, type WrongExecutor } from '../../../../src/execute/client/canary-jobs.js';
import type { Asked } from '../../../../src/execute/client/job-queue.js';
import { accepted, execution, refused } from '../../../support/fakes.js';

const every = 10;
const kernel: Job = { level: 'kernel', steps: [], claims: [] };
const source: Job = { ...kernel, level: 'source' };

/** Canaries behind so many jobs, and what they said of wrong executors. */
function behind(jobs: readonly Job[]): { canaries: Canaries; wrong: WrongExecutor[] } {
  const wrong: WrongExecutor[] = [];
  const canaries = new Canaries(every, (one) => wrong.push(one));
  jobs.forEach((job) => canaries.count(job));
  return { canaries, wrong };
}

/** Answers as a Lean in its right mind does, but for the step of this number. */
function answer(asked: readonly Asked[], but?: number): void {
  for (const [n, one] of asked.entries()) {
    if (one.kind !== 'job') throw new Error('not a job');
    const steps = one.job.steps.map((_, i) =>
      (i === 0) !== (n === 0 && i === but) ? accepted() : refused('no'),
    );
    one.call.answer(one.index, execution({ steps }));
  }
}

const jobs = (count: number, job = kernel): Job[] => Array.from({ length: count }, () => job);

describe('canaries', () => {
  it('are due behind so many jobs, once, and with texts where texts were run', () => {
    expect(behind(jobs(every - 1)).canaries.due()).toEqual([]);
    const { canaries } = behind(jobs(every));
    const asked = canaries.due();
    expect(asked.map((one) => one.kind === 'job' && one.job.level)).toEqual(['kernel']);
    expect(canaries.due()).toEqual([]);
    answer(asked);
    expect(canaries.due()).toEqual([]);
    jobs(every, source).forEach((job) => canaries.count(job));
    expect(canaries.due().map((one) => one.kind === 'job' && one.job.level)).toEqual(['kernel', 'source']);
  });

  it('say nothing that was said before: no answer is one that was kept', () => {
    const contents = (number: number): string[] =>
      canaryJobs(number, true).flatMap(({ job }) =>
        job.steps.map((step) => (step.kind === 'declaration' ? step.words.join() : step.text)),
      );
    const both = [...contents(1), ...contents(2)];
    expect(new Set(both).size).toBe(both.length);
  });

  it.each([0, 1, 3])('find an executor wrong that a fresh one contradicts (step %i)', (step) => {
    const { canaries, wrong } = behind(jobs(every + 2));
    answer(canaries.due(), step);
    expect(canaries.needsFresh).toBe(true);
    expect(wrong).toEqual([]);
    canaries.needsFresh = false;
    canaries.count(kernel);
    answer(canaries.due());
    expect(wrong).toMatchObject([{ doubted: every + 3 }]);
    expect([canaries.answered, canaries.wrong]).toEqual([2, 1]);
    expect(canaries.due()).toEqual([]);
  });

  it('are asked again in their turn where nobody could answer, and remember what was suspected', () => {
    const { canaries, wrong } = behind(jobs(every));
    answer(canaries.due(), 1);
    canaries.needsFresh = false;
    const [one] = canaries.due();
    one?.call.reject(new Error('three executors ended'));
    expect(canaries.due()).toEqual([]);
    jobs(every).forEach((job) => canaries.count(job));
    answer(canaries.due());
    expect(wrong).toMatchObject([{ doubted: 2 * every }]);
  });

  it('take what a fresh executor says, too, for the way of this Lean', () => {
    const { canaries, wrong } = behind(jobs(every));
    answer(canaries.due(), 3);
    canaries.needsFresh = false;
    answer(canaries.due(), 3);
    jobs(every).forEach((job) => canaries.count(job));
    answer(canaries.due(), 3);
    expect([wrong, canaries.needsFresh, canaries.wrong]).toEqual([[], false, 0]);
    jobs(every).forEach((job) => canaries.count(job));
    answer(canaries.due(), 1);
    expect(canaries.needsFresh).toBe(true);
  });
});
