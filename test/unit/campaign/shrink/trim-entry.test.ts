import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import type { JobRunner } from '../../../../src/judge/ask/job-runner.js';
import { trimEntry, type Trimmer } from '../../../../src/campaign/shrink/shrink-entry.js';
import { featuresOf } from '../../../../src/judge/features.js';
import { contentId } from '../../../../src/share/entry-codec.js';
import { accepted, candidate, entry, execution, refused, unit } from '../../../support/fakes.js';
import { textOf } from '../../../support/candidates.js';

const units = ['options', 'def', 'theorem', 'instance', 'opaque'].map((kind) => unit({ kind, text: kind }));
const whole = candidate({ units });
const before = entry({ candidate: whole, id: contentId(whole) });

/** Accepts everything but jobs with one of these texts, and counts them. */
class Runner implements JobRunner {
  readonly base = commonEnvironment;
  jobs = 0;

  constructor(private readonly refuses: string) {}

  replace(): Promise<void> {
    throw new Error('no need for it');
  }

  run(jobs: readonly Job[]): Promise<Execution[]> {
    this.jobs += jobs.length;
    return Promise.resolve(
      jobs.map(({ steps }) => execution({ steps: steps.map((step) => this.answer(step)) })),
    );
  }

  private answer(step: Job['steps'][number]) {
    return step.kind === 'text' && step.text === this.refuses ? refused('no') : accepted();
  }
}

/** Leaves out one unit after the other, from the end. */
const dropOne: Trimmer = {
  name: 'drop-one',
  trim: (_, from, step) =>
    step < from.length ? from.filter((_u, i) => i !== from.length - 1 - step) : undefined,
};

function freshOf(...kinds: string[]): Uint32Array {
  const shown = (of: readonly Unit[]) =>
    featuresOf(candidate({ units: of }), execution({ steps: of.map(() => accepted()) }));
  return shown(units.filter(({ kind }) => kinds.includes(kind)));
}

function texts(of: { candidate: { units: readonly Unit[] } }): string[] {
  return of.candidate.units.map(textOf);
}

describe('trimEntry', () => {
  it('leaves only what shows the news, and renames the entry', async () => {
    const trimmed = await trimEntry(new Runner(''), [dropOne], before, freshOf('theorem'));
    expect(texts(trimmed)).toEqual(['theorem']);
    expect(trimmed.id).toBe(contentId(trimmed.candidate));
    expect(trimmed.candidate.lineage.mutators).toEqual(['custom:drop-one:trim']);
  });

  it('keeps nothing in which Lean refuses a unit', async () => {
    const rewrite: Trimmer = {
      name: 'rewrite',
      trim: (_, of, step) => (step < 3 ? [...of.slice(0, 2), unit({ text: 'bad' })] : undefined),
    };
    const trimmed = await trimEntry(new Runner('bad'), [rewrite], before, freshOf('def'));
    expect(trimmed).toEqual(before);
  });

  it('runs nothing where there is no trimmer, and once where nothing new is left', async () => {
    const runner = new Runner('');
    expect(await trimEntry(runner, [], before, freshOf('def'))).toBe(before);
    expect(runner.jobs).toBe(0);
    expect(await trimEntry(runner, [dropOne], before, Uint32Array.of(12345))).toBe(before);
    expect(runner.jobs).toBe(1);
  });

  it('ends with a trimmer that never does', async () => {
    const runner = new Runner('');
    const endless: Trimmer = { name: 'endless', trim: (_, of) => [...of] };
    await trimEntry(runner, [endless], before, freshOf('def'));
    expect(runner.jobs).toBe(17);
  });
});
