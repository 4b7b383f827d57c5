import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { Candidate, Unit } from '../../src/api/candidate.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { canaries } from '../../src/execute/native/canaries.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { attemptsAtFalse } from '../../src/generate/kernel/falsify.js';
import { encode } from '../../src/ir/encode.js';
import { confirm } from '../../src/judge/ask/confirm.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { audit } from '../../src/judge/audit.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import { nativeLean } from '../support/native-lean.js';
import { KernelUnit } from '../../src/ir/unit/kernel-unit.js';

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
    const zygote = await startZygote(region, options, (answer) => wrong.push(answer.about));
    await zygote.kill();
    expect(wrong).toEqual([]);
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
    expect(answers.map(([execution]) => execution?.steps[0]?.refusal?.kind ?? null)).toEqual([
      'kernel.other',
      null,
    ]);
    const wrongByte = { ...patchOf(real, 'positivity'), before: [0x00] };
    await expect(withLean({ native: real, patch: wrongByte }, {}, () => Promise.resolve())).rejects.toThrow(
      'a patch at',
    );
  });
});
