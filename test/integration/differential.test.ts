import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Candidate, Unit } from '../../src/api/candidate.js';
import { accepted, type Execution, type Job, type StepResult } from '../../src/api/execution.js';
import { disagreements } from '../../src/judge/ask/differential.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { compareVariants } from '../../src/judge/differential/compare.js';
import { reducibleDefinitions, unstableReduction } from '../../src/judge/differential/reductions.js';
import { bugBehind } from '../../src/judge/known-bugs.js';
import type { Variant } from '../../src/judge/differential/variant.js';
import { variantsOf } from '../../src/judge/differential/variants.js';
import { Random } from '../../src/util/random.js';
import { sharedLean } from '../support/shared-lean.js';
import { refusal } from '../support/fakes.js';

const lean = sharedLean({ maxHeartbeats: 20_000 });

const lineage: Candidate['lineage'] = { seed: 0, run: 0, parents: [], mutators: [], categories: [] };
const candidates = Array.from({ length: 150 }, (_, seed) => unitsOf(seed));

function unitsOf(seed: number): Unit[] {
  const generator = new KernelGenerator(Random.of(seed, 1), `d${seed}`, 12, commonEnvironment);
  return generator.withQuestions(generator.fresh(), 4);
}

function jobOf(units: readonly Unit[]): ReturnType<typeof jobFor> {
  const candidate: Candidate = { lineage, level: 'kernel', units };
  return { ...jobFor(candidate, []), describe: [] };
}

interface Compared {
  readonly seed: number;
  readonly original: Execution;
  readonly variants: readonly { readonly variant: Variant; readonly execution: Execution }[];
}

describe('reductions of the real kernel', () => {
  it('end in weak head normal forms that stay as they are', async () => {
    const executor = lean();
    const executions = await executor.run(candidates.map(jobOf));
    const jobs = candidates.map((units, i): Job => {
      const execution = executions[i];
      if (execution === undefined) throw new Error('no execution');
      const candidate: Candidate = { lineage, level: 'kernel', units };
      return {
        ...jobOf(units),
        describe: reducibleDefinitions(commonEnvironment, candidate, execution),
        reduce: true,
      };
    });
    const reduced = await executor.run(jobs);
    expect(reduced.map(({ end }) => end).filter(({ kind }) => kind !== 'finished')).toEqual([]);
    const shapes = reduced.flatMap((execution) => execution.shapes);
    expect(shapes.length).toBeGreaterThan(100);
    expect(shapes.filter(({ numbers }) => numbers[2] !== 1)).toEqual([]);
    expect(unstableReduction(shapes)).toBeUndefined();
  });
});

describe('the real kernel', () => {
  let compared: Compared[] = [];

  beforeAll(async () => {
    const executor = lean();
    for (const [seed, units] of candidates.entries()) {
      const variants = variantsOf(Random.of(seed, 2), units);
      const [original, ...executions] = await executor.run(
        [units, ...variants.map((v) => v.units)].map(jobOf),
      );
      if (original === undefined) throw new Error('no execution');
      const pairs = executions.flatMap((execution, i) => {
        const variant = variants[i];
        return variant === undefined ? [] : [{ variant, execution }];
      });
      compared.push({ seed, original, variants: pairs });
    }
  });

  afterAll(() => {
    compared = [];
  });

  it('answers all candidates, and each in several ways of saying it', () => {
    expect(compared).toHaveLength(candidates.length);
    const counts = new Map<string, number>();
    for (const { variants } of compared) {
      for (const { variant } of variants) counts.set(variant.name, (counts.get(variant.name) ?? 0) + 1);
    }
    expect(counts.get('alpha-renamed')).toBe(candidates.length);
    expect(counts.get('fresh')).toBe(candidates.length);
    expect(counts.get('reordered')).toBeGreaterThan(50);
    expect(counts.get('unshared')).toBeGreaterThan(50);
  });

  it('gives verdicts of both kinds', () => {
    const steps = compared.flatMap(({ original }) => original.steps);
    expect(steps.filter((step) => step.outcome.kind === 'accepted').length).toBeGreaterThan(150);
    expect(steps.filter((step) => step.outcome.kind !== 'accepted').length).toBeGreaterThan(150);
  });

  it('agrees with itself, but for the bugs that it is known to have', () => {
    const found = compared.flatMap(({ seed, original, variants }) =>
      variants.flatMap(({ variant, execution }) =>
        disagreements(
          commonEnvironment,
          candidates[seed] ?? [],
          original.steps,
          variant,
          execution.steps,
        ).map((change) => ({ seed, ...change })),
      ),
    );
    expect(found.filter(({ signature }) => bugBehind(signature, '4.28.0') === undefined)).toEqual([]);
  });

  it('is caught where one answer is turned round', () => {
    const planted = compared.flatMap(({ original, variants }) =>
      variants.map(({ variant, execution }) => {
        const at = variant.positions[0] ?? 0;
        return compareVariants(
          original.steps,
          variant,
          execution.steps.with(at, turned(execution.steps[at])),
        );
      }),
    );
    expect(planted.length).toBeGreaterThan(300);
    expect(planted.every((found) => found[0]?.unit === 0)).toBe(true);
  });
});

function turned(result: StepResult | undefined): StepResult {
  const outcome = result?.outcome.kind === 'accepted' ? refusal('(kernel) other', 'kernel.other') : accepted;
  return { outcome, micros: 0, heartbeats: 0 };
}
