import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../src/api/execution.js';
import { conclude, execute, prepare } from '../../../src/campaign/pipeline.js';
import type { Prepared } from '../../../src/campaign/stages.js';
import { Stopped } from '../../../src/execute/client/executor-client.js';
import { importName } from '../../../src/generate/schedule.js';
import { describeSignature } from '../../../src/api/signature.js';
import { UserError } from '../../../src/util/errors.js';
import { accepted, candidate, execution, proved, refused } from '../../support/fakes.js';
import { FakeStages } from '../../support/fake-stages.js';

/** Takes candidates all the way; returns the verdicts by their places, `error` where there is none. */
async function goThrough(stages: FakeStages, runs: readonly number[]): Promise<string[]> {
  const all: (Prepared | undefined)[] = [];
  for (const run of runs) all.push(await prepare(stages, run));
  const verdicts: string[] = [];
  for (const prepared of all) {
    const run = prepared === undefined ? 'failed' : await execute(stages, prepared);
    const verdict =
      prepared === undefined || typeof run === 'string'
        ? undefined
        : await conclude(stages, stages.followUps, prepared, run);
    verdicts.push(verdict?.kind ?? 'error');
    stages.row.done(runs[verdicts.length - 1] ?? 0);
  }
  return verdicts;
}

/** Replaces a method by one that throws where it is called for the second candidate. */
function failSecond(stages: FakeStages, method: 'generate' | 'observe' | 'share' | 'publish'): void {
  let calls = 0;
  const works = (stages[method] as (argument: unknown) => unknown).bind(stages);
  Object.assign(stages, {
    [method]: (argument: unknown) => {
      if (++calls === 2) throw new TypeError(`${method} is broken`);
      return works(argument);
    },
  });
}

const failed = (kind: 'timeout' | 'too-large'): Execution =>
  execution({ steps: [], end: { kind, message: 'what happened', at: 0 } });

describe('the pipeline', () => {
  it('takes candidates from their making to what is shared and learned', async () => {
    const stages = new FakeStages();
    expect(await goThrough(stages, [1, 2, 3])).toEqual(['interesting', 'interesting', 'interesting']);
    expect(stages.ran).toEqual(['def f1 := 1', 'def f2 := 1', 'def f3 := 1']);
    expect(stages.entries.map((entry) => entry.candidate.lineage.run)).toEqual([1, 2, 3]);
    expect(stages.learned).toEqual(['interesting', 'interesting', 'interesting']);
    expect(stages.failures).toEqual([]);
  });

  it('runs once more what reached new blocks, and keeps all that it reaches then; nothing else', async () => {
    const stages = new FakeStages();
    const traced: boolean[] = [];
    stages.answer = (job) => {
      traced.push(job.trace === true);
      const trace = job.trace === true ? { trace: Uint32Array.of(1, 3, 5) } : {};
      return execution({ steps: job.steps.map(() => accepted()), ...trace });
    };
    await goThrough(stages, [1]);
    stages.reached = () => Uint32Array.of(3, 4);
    await goThrough(stages, [2]);
    expect(traced).toEqual([false, false, true]);
    expect(stages.entries).toMatchObject([
      { newFeatures: 1 },
      { blocks: Uint32Array.of(1, 3, 5), newFeatures: 2 },
    ]);
    expect(stages.entries[0]).not.toHaveProperty('blocks');
  });

  it.each([
    ['generate', 'generate', ['interesting', 'error', 'interesting']],
    ['observe', 'judge', ['interesting', 'error', 'interesting']],
    ['share', 'share', ['interesting', 'interesting', 'interesting']],
  ] as const)('takes an error of %s for the outcome of one candidate', async (method, stage, verdicts) => {
    const stages = new FakeStages();
    failSecond(stages, method);
    expect(await goThrough(stages, [1, 2, 3])).toEqual(verdicts);
    expect(stages.failures).toHaveLength(1);
    const [failure] = stages.failures;
    expect(failure).toMatchObject({
      stage,
      name: 'TypeError',
      message: `${method} is broken`,
      seed: 7,
      run: 2,
    });
    expect(failure?.stack).toContain('pipeline.test');
    expect(failure?.candidate === null).toBe(method === 'generate');
    expect(stages.entries.map((entry) => entry.candidate.lineage.run)).toEqual([1, 3]);
  });

  it('takes what can not be run for the outcome of one candidate', async () => {
    const stages = new FakeStages();
    const works = stages.answer;
    stages.answer = (job) => {
      const [step] = job.steps;
      if (step?.kind === 'text' && step.text.includes('f2')) throw new RangeError('no such length');
      return works(job);
    };
    expect(await goThrough(stages, [1, 2, 3])).toEqual(['interesting', 'error', 'interesting']);
    expect(stages.failures).toMatchObject([{ stage: 'run', name: 'RangeError', run: 2 }]);
  });

  it('takes a candidate that is too large for an error, and counts it', async () => {
    const stages = new FakeStages();
    stages.answer = () => failed('too-large');
    expect(await goThrough(stages, [1])).toEqual(['error']);
    expect(stages.failures).toMatchObject([{ stage: 'run', name: 'TooLarge', message: 'what happened' }]);
    expect(stages.counted).toHaveLength(1);
    expect(stages.findings).toEqual([]);
  });

  it('hands on what is the fault of the machine, of the user, or the end', async () => {
    for (const thrown of [
      Object.assign(new Error('no room'), { errno: -28, code: 'ENOSPC' }),
      new UserError('no toolchain'),
      new Stopped('the end'),
    ]) {
      const stages = new FakeStages();
      stages.answer = () => {
        throw thrown;
      };
      await expect(goThrough(stages, [1, 2])).rejects.toBe(thrown);
      expect(stages.failures).toEqual([]);
    }
  });

  it('tells what was not run from what came to an error', async () => {
    const stages = new FakeStages();
    const prepared = await prepare(stages, 1);
    if (prepared === undefined) throw new Error('not made');
    stages.run = () => Promise.resolve(undefined);
    expect(await execute(stages, prepared)).toBe('unrun');
    stages.run = () => Promise.reject(new TypeError('odd'));
    expect(await execute(stages, prepared)).toBe('failed');
    expect(stages.failures).toHaveLength(1);
  });

  it('publishes what hangs as a lead, once for each file of the user', async () => {
    const stages = new FakeStages();
    stages.answer = () => failed('timeout');
    expect(await goThrough(stages, [1, 2])).toEqual(['lead', 'lead']);
    expect(new Set(stages.findings.map(({ verdict }) => describeSignature(verdict.signature))).size).toBe(1);
    expect(stages.findings).toMatchObject([{ outcome: 'timeout' }, { outcome: 'timeout' }]);

    const works = stages.generate.bind(stages);
    stages.generate = (run) => {
      const made = works(run);
      return candidate({ ...made, lineage: { ...made.lineage, mutators: [importName] } });
    };
    await goThrough(stages, [3, 4]);
    expect(new Set(stages.findings.map(({ verdict }) => describeSignature(verdict.signature))).size).toBe(3);
  });

  it('publishes a proof of False as a lead where an error keeps it from being confirmed', async () => {
    const stages = new FakeStages();
    let jobs = 0;
    stages.answer = (job) => {
      if (++jobs > 1) throw new RangeError('too deep');
      return execution({ claims: job.claims.map(() => proved()) });
    };
    expect(await goThrough(stages, [1])).toEqual(['lead']);
    expect(stages.failures).toMatchObject([{ stage: 'confirm', name: 'RangeError' }]);
    expect(stages.findings).toHaveLength(1);
    expect(stages.findings[0]?.verdict.signature.proof).toBe('unanswered');
    expect(stages.findings[0]?.claim).toBeDefined();
  });

  it.each([
    ['no answer', () => failed('timeout'), true, 'unknown: '],
    [
      'a refusal',
      (job: Job) => execution({ claims: job.claims.map(() => refused('unknown constant')) }),
      false,
      '',
    ],
  ] as const)('tells %s of a confirmation from the other', async (_, second, unknown, beginning) => {
    const stages = new FakeStages();
    let jobs = 0;
    stages.answer = (job) =>
      ++jobs === 1 ? execution({ claims: job.claims.map(() => proved()) }) : second(job);
    expect(await goThrough(stages, [1])).toEqual(['lead']);
    expect(stages.failures).toEqual([]);
    const [found] = stages.findings;
    expect(found?.verdict.signature.proof).toBe(unknown ? 'unanswered' : 'refused');
    expect(found?.verdict.reasons[0]?.startsWith(beginning)).toBe(true);
    expect(found?.claim).toBeDefined();
  });

  it('ends at the fifth candidate in a row with the same kind of error', async () => {
    const stages = new FakeStages();
    let calls = 0;
    stages.generate = () => {
      throw ++calls === 4 ? new TypeError('another') : new RangeError('the same');
    };
    const runs = Array.from({ length: 20 }, (_, run) => run);
    await expect(goThrough(stages, runs)).rejects.toThrow(
      '5 candidates in a row ended in the same error, at "generate": RangeError: the same (the last is candidate 8)',
    );
  });
});
