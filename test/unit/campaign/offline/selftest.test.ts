import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClaimResult, Evidence, Execution } from '../../../../src/api/execution.js';
import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import type { JobRunner } from '../../../../src/judge/ask/job-runner.js';
import { selftestCases, type SelftestCase } from '../../../../src/campaign/offline/selftest/cases.js';
import { runSelftest } from '../../../../src/campaign/offline/selftest/run.js';
import { packageRoot } from '../../../../src/util/package.js';
import { importsOf, sourceFiles } from '../../../support/sources.js';

const home = 'src/campaign/offline/selftest/';

/** A bug at kernel level: what the fake executions below are given as an answer to. */
const bug = selftestCases.filter(({ name }) => name === '14484-free-variable');

const believed: Evidence = {
  constant: 'soundness_check',
  kind: 'theorem',
  levelParams: 0,
  statesFalse: true,
  reached: [],
  importedAxioms: [],
  importedUnsafe: [],
  oddities: [],
  declarations: { kind: 'unsaid', why: 'made up' },
};
const accepted: ClaimResult = { outcome: { kind: 'accepted' }, micros: 1, heartbeats: 0, evidence: believed };

function runnerOf(execution: Partial<Execution>): JobRunner {
  const whole: Execution = { steps: [], claims: [], shapes: [], end: { kind: 'finished' }, ...execution };
  return {
    base: commonEnvironment,
    run: (jobs) => Promise.resolve(jobs.map(() => whole)),
    replace: () => Promise.resolve(),
  };
}

async function only(execution: Partial<Execution>, cases: readonly SelftestCase[] = bug) {
  const [result] = await runSelftest(runnerOf(execution), cases, () => undefined);
  return result;
}

describe('the known bugs', () => {
  it('are out of reach of everything but the selftest and the command line', () => {
    const importers = sourceFiles('src', '.ts')
      .filter((file) => importsOf(file).some((path) => path.startsWith(home)))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith(home) && !path.startsWith('src/cli/'));
    expect(importers).toEqual([]);
  });

  it('are read as texts by the selftest alone', () => {
    const readers = sourceFiles('src', '.ts')
      .filter(({ text }) => /'selftest'|stuck-sort/.test(text))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith(home) && !path.startsWith('src/cli/'));
    expect(readers).toEqual([]);
  });

  it('have controls, names of their own, and texts that exist', () => {
    const names = selftestCases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of selftestCases.filter(({ expected }) => expected === 'solution')) {
      const issue = name.split('-', 1)[0] ?? '';
      const controls = selftestCases.filter((other) => other.expected === 'none');
      expect(controls.some((other) => other.name.startsWith(`${issue}-`))).toBe(true);
    }
    const files = selftestCases.flatMap(({ input }) => (input.level === 'source' ? [input.file] : []));
    expect(files.filter((file) => !existsSync(join(packageRoot, 'selftest', file)))).toEqual([]);
  });
});

describe('a case', () => {
  it('fails where Lean gives no verdict', async () => {
    const failure = { kind: 'crashed', message: 'the executor ended', at: 0 } as const;
    expect(await only({ end: failure })).toMatchObject({
      ok: false,
      got: 'unknown',
      reasons: ['Lean gave no verdict: crashed: the executor ended'],
    });
  });

  it('fails where a claim is believed and nothing can be said to the kernel alone', async () => {
    expect(await only({ claims: [accepted] })).toMatchObject({
      ok: false,
      got: 'unknown',
      reasons: ['replay by the kernel: the constants can not be said as declarations: made up'],
    });
  });

  it('fails where it is declined for another reason than its own', async () => {
    const refused = {
      ...accepted,
      outcome: { kind: 'refused', message: '(kernel) declHasFVars', error: '' },
      evidence: undefined,
    } as const;
    const cases = bug.map((one) => ({ ...one, expected: 'none' as const, reason: 'declHasFVars' }));
    expect(await only({ claims: [refused] }, cases)).toMatchObject({ ok: true, got: 'none' });
    const others = cases.map((one) => ({ ...one, reason: 'invalidProj' }));
    expect(await only({ claims: [refused] }, others)).toMatchObject({ ok: false, got: 'none' });
  });
});
