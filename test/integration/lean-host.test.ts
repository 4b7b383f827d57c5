import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Candidate, Unit } from '../../src/api/candidate.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { canaries } from '../../src/execute/native/canaries.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { attemptsAtFalse } from '../../src/generate/kernel/falsify.js';
import { limitsOf } from '../../src/execute/zygote/limits-of.js';
import type { Job } from '../../src/api/execution.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { encode } from '../../src/ir/encode.js';
import { app, constant, nat, type Expr } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { confirm } from '../../src/judge/ask/confirm.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { audit } from '../../src/judge/audit.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import { nativeLean } from '../support/native-lean.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';
import { errorOf } from '../support/outcomes.js';

const native = await nativeLean('the host of a native Lean');

/** One branch of the positivity check, inverted: a domain that mentions the type passes, one that does not fails. */
const patch = native && patchOf(native, 'positivity');

function candidateOf(units: readonly Unit[]): Candidate {
  return {
    level: 'kernel',
    lineage: { seed: 1, run: 1, parents: [], mutators: [], categories: [] },
    units,
  };
}

describe.skipIf(native === undefined)('a native Lean', () => {
  const real = native as NativeLean;

  it('is tried with declarations of known answers, and is right about all of them', async () => {
    expect(canaries.length).toBeGreaterThanOrEqual(40);
    const wrong: string[] = [];
    const region = SharedRegion.create({ workers: 1 });
    const options = { ...defaultZygoteOptions, native: real };
    const zygote = await startZygote(region, options, {
      onWrong: (answer) => wrong.push(answer.about),
    });
    await zygote.kill();
    expect(wrong).toEqual([]);
  });

  it('has the limits that its findings tell of, whatever the environment says', async () => {
    vi.stubEnv('LEAN_NAT_MAX_SIZE', '9');
    vi.stubEnv('LEAN_FUZZ_HOST_STACK', '1');
    const options = { ...defaultZygoteOptions, native: real };
    const zygote = await startZygote(SharedRegion.create({ workers: 1 }), options);
    try {
      const read = (file: string): string => readFileSync(`/proc/${zygote.pid}/${file}`, 'utf8');
      const { stackBytes, natMaxBytes } = limitsOf('native', options);
      expect(/Max stack size +(\d+)/.exec(read('limits'))?.[1]).toBe(String(stackBytes));
      expect(read('environ').split('\0')).toContain(`LEAN_NAT_MAX_SIZE=${natMaxBytes}`);
    } finally {
      await zygote.kill();
      vi.unstubAllEnvs();
    }
  });

  it('is out of memory where big numbers take all there is, and goes on with the next job', async () => {
    const power = app(constant('Nat.pow'), nat(2), nat((1n << 24n) - 1n));
    const times = (a: Expr, b: Expr): Expr => app(constant('Nat.mul'), a, b);
    const square = times(power, power);
    const isLess = app(constant('Nat.ble'), nat(1), times(square, square));
    const [Bool, yes] = [constant('Bool'), constant('Bool.true')];
    const greedy: Declaration = {
      ...{ kind: 'theorem', name: 'greedy', levelParams: [] },
      ...{
        type: app(constant('Eq', [one]), Bool, isLess, yes),
        value: app(constant('Eq.refl', [one]), Bool, yes),
      },
    };
    const job = (declaration: Declaration): Job => ({
      level: 'kernel',
      steps: [{ kind: 'declaration', words: encode([declaration]) }],
      claims: [],
    });
    const small: Declaration = { kind: 'axiom', name: 'A', levelParams: [], type: Bool, unsafe: false };
    const executions = await withLean({ native: real, memoryLimitMiB: 16 }, {}, (lean) =>
      lean.run([job(greedy), job(small)]),
    );
    expect(executions).toMatchObject([
      { end: { kind: 'out-of-memory', at: 0 }, steps: [] },
      { end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] },
    ]);
  });

  it('with a planted bug comes to False, from a type that should not have been accepted', async () => {
    const negative = canaries.find(({ name }) => name === 'a negative occurrence');
    const units = (negative?.declarations ?? []).map((one) => KernelUnit.of(one));
    const attempts = attemptsAtFalse(Random.of(1), commonEnvironment, units);
    const jobs = attempts.map(({ units: more, claim }) => jobFor(candidateOf([...units, ...more]), [claim]));
    const proofsOn = async (more: object): Promise<string[]> => {
      const executions = await withLean({ native: real, ...more }, {}, (lean) => lean.run(jobs));
      const isProof = executions.map(
        ({ claims: [claim] }) => claim !== undefined && audit(claim).kind === 'accepts',
      );
      return [...new Set(attempts.filter((_, i) => isProof[i]).map(({ name }) => name))];
    };
    expect(await proofsOn({})).toEqual([]);
    expect(await proofsOn({ patch })).toContain('self');
    const [self] = attempts.filter(({ name }) => name === 'self');
    if (self === undefined) throw new Error('no attempt');
    const confirmed = await withLean({ native: real, patch }, {}, (lean) =>
      confirm(lean, candidateOf([...units, ...self.units]), self.claim),
    );
    expect(confirmed).toMatchObject({ kind: 'accepts', axioms: [] });
  });

  it('refuses a planted bug that is no branch of it, in one line', () => {
    const symbol = '_ZN4lean16add_inductive_fn16check_positivityENS_4exprERKNS_4nameEi';
    expect(patchOf(real, `${symbol}+0xab`)).toEqual(patch);
    for (const [bad, why] of [
      [`${symbol}+0x0`, 'where the bytes are'],
      ['no_such_function+0xab', 'no symbol no_such_function'],
      [`${symbol}+0xfffffff`, 'where the bytes are'],
      ['sloppiness', 'sloppiness'],
    ] as const)
      expect(() => patchOf(real, bad)).toThrow(why);
  });

  it('with a planted bug accepts what it must not', async () => {
    const negative = canaries.find(({ name }) => name === 'a negative occurrence');
    const steps = (negative?.declarations ?? []).map((one) => ({
      kind: 'declaration' as const,
      words: encode([one]),
    }));
    const answers = await Promise.all(
      [{}, { patch }].map((more) =>
        withLean({ native: real, ...more }, {}, (lean) => lean.run([{ level: 'kernel', steps, claims: [] }])),
      ),
    );
    expect(answers.map(([execution]) => errorOf(execution?.steps[0]))).toEqual(['kernel.other', null]);
    const wrongByte = { ...patchOf(real, 'positivity'), before: [0x00] };
    await expect(withLean({ native: real, patch: wrongByte }, {}, () => Promise.resolve())).rejects.toThrow(
      'a patch at',
    );
  });
});
