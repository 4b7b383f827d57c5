import { describe, expect, it } from 'vitest';
import type { Execution, FailureKind, StepOutcome } from '../../../../src/api/execution.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { encode } from '../../../../src/ir/encode.js';
import { constant } from '../../../../src/ir/expr.js';
import { confirm, kernelOf, replayByKernel } from '../../../../src/judge/ask/confirm.js';
import { candidate, claim, proved, refusal, refused, runnerOf } from '../../../support/fakes.js';

const False = constant('False');
const theorem: Declaration = {
  ...{ kind: 'theorem', name: 'soundness_check', levelParams: [], type: False },
  value: constant('earlier'),
};
const said = { kind: 'said', words: encode([theorem]) } as const;
const proof = proved({ declarations: said });
const failures: readonly FailureKind[] = ['timeout', 'out-of-memory', 'stack-overflow', 'crashed'];

function failing(kind: FailureKind): Partial<Execution> {
  return { end: { kind, message: 'it ended', at: 0 } };
}

describe('a confirmation', () => {
  it('accepts what is proved again, replayed, and states what the challenge does', async () => {
    const runner = runnerOf({ claims: [proof] });
    expect(await confirm(runner, candidate(), claim)).toMatchObject({ kind: 'accepts', axioms: [] });
    expect(runner.jobs.map(({ level }) => level)).toEqual(['source', 'kernel', 'source']);
  });

  it.each(failures)('has no answer where the first run ends by a %s', async (kind) => {
    const runner = runnerOf(failing(kind));
    expect(await confirm(runner, candidate(), claim)).toEqual({
      kind: 'noAnswer',
      why: `run again from the beginning: ${kind}: it ended`,
    });
    expect(runner.jobs).toHaveLength(3);
  });

  it.each(failures)('has no answer where the replay ends by a %s', async (kind) => {
    const runner = runnerOf({ claims: [proof] }, failing(kind));
    expect(await confirm(runner, candidate(), claim)).toEqual({
      kind: 'noAnswer',
      why: `replay by the kernel: ${kind}: it ended`,
    });
  });

  it('has no answer where the kernel met a limit, and refuses where it said no', async () => {
    const limit = refused('(kernel) deep recursion detected');
    expect(await confirm(runnerOf({ claims: [proof] }, { claims: [limit] }), candidate(), claim)).toEqual({
      kind: 'noAnswer',
      why: 'replay by the kernel: (kernel) deep recursion detected',
    });
    const no = refused('(kernel) declTypeMismatch');
    expect(await confirm(runnerOf({ claims: [proof] }, { claims: [no] }), candidate(), claim)).toEqual({
      kind: 'refuses',
      why: 'replay by the kernel: refused: (kernel) declTypeMismatch',
    });
  });

  it('tells a step that was refused from one that was not read', async () => {
    const asked = async (outcome: StepOutcome) => {
      const stopped = { steps: [{ ...refused('unknown constant'), outcome }] };
      return (await confirm(runnerOf({ claims: [proof] }, stopped), candidate(), claim)).kind;
    };
    expect(await asked(refusal('no', 'kernel.unknownConstant'))).toBe('refuses');
    expect(await asked({ kind: 'malformed', message: 'no' })).toBe('noAnswer');
    expect(await asked(refusal('no', 'kernel.excessiveMemory'))).toBe('noAnswer');
  });

  it('has no answer where the proof can not be said, or not be read, or says nothing', async () => {
    for (const declarations of [
      { kind: 'unsaid', why: 'a level of unknown tag 9' },
      { kind: 'said', words: Uint32Array.of(7) },
      { kind: 'said', words: encode([]) },
    ] as const)
      expect((await replayByKernel(runnerOf({}), 'source', declarations, 'soundness_check')).kind).toBe(
        'noAnswer',
      );
    expect(await kernelOf(runnerOf({ claims: [proved()] }), candidate(), claim)).toEqual({
      kind: 'noAnswer',
      why: 'the constants can not be said as declarations: made up',
    });
  });
});
