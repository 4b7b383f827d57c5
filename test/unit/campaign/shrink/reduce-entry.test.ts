import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { reduceEntry } from '../../../../src/campaign/shrink/shrink-entry.js';
import { featuresOf } from '../../../../src/judge/features.js';
import { accepted, candidate, entry, execution, refused, unit } from '../../../support/fakes.js';
import { textOf } from '../../../support/candidates.js';

const options = unit({ kind: 'options', text: 'options', declares: [] });
const needed = unit({ kind: 'inductive', text: 'needed', declares: ['T1_0'] });
const idle = ['def', 'theorem'].map((kind, i) => unit({ kind, text: kind, declares: [`f1_${i}`] }));
const units = [options, needed, ...idle];

/** Accepts everything but texts that are named here. */
function runner(bad: readonly string[] = []): {
  jobs: Job[];
  run(jobs: readonly Job[]): Promise<Execution[]>;
} {
  const jobs: Job[] = [];
  return {
    jobs,
    run: (asked) => {
      jobs.push(...asked);
      const answers = asked.map(({ steps }) =>
        execution({
          steps: steps.map((step) =>
            step.kind === 'text' && bad.includes(step.text) ? refused('no') : accepted(),
          ),
        }),
      );
      return Promise.resolve(answers);
    },
  };
}

const kept = entry({ candidate: candidate({ level: 'source', units }) });
const shown = (of: typeof units): Uint32Array =>
  featuresOf(candidate({ level: 'source', units: of }), execution({ steps: of.map(() => accepted()) }));
const without = shown([options, ...idle]);
const fresh = shown([needed]).filter((feature) => !without.includes(feature));

describe('reduceEntry', () => {
  it('leaves out what is not needed for what was new', async () => {
    expect(fresh.length).toBeGreaterThan(0);
    const smaller = await reduceEntry(runner(), kept, fresh);
    expect(smaller.candidate.units.map(textOf)).toEqual(['options', 'needed']);
    expect(smaller.id).not.toBe(kept.id);
    expect(smaller.newFeatures).toBe(kept.newFeatures);
    for (const feature of fresh) expect(smaller.features).toContain(feature);
  });

  it('keeps an entry whose new features need all of it, within its budget and without claims', async () => {
    const run = runner();
    const all = shown(units);
    expect((await reduceEntry(run, kept, all)).candidate).toEqual(kept.candidate);
    expect(run.jobs.length).toBeLessThanOrEqual(4);
    expect(run.jobs.every(({ claims }) => claims.length === 0)).toBe(true);
  });

  it('does nothing where only a claim showed what was new, for a failure, and at kernel level', async () => {
    expect(await reduceEntry(runner(), kept, Uint32Array.of(4_000_000_000))).toBe(kept);
    const failed = { ...kept, outcome: 'timeout' } as const;
    expect(await reduceEntry(runner(), failed, fresh)).toBe(failed);
    const kernel = { ...kept, candidate: { ...kept.candidate, level: 'kernel' as const } };
    expect(await reduceEntry(runner(), kernel, fresh)).toBe(kernel);
  });
});
