import { describe, expect, it } from 'vitest';
import type { Execution, Job, StepResult } from '../../../../src/api/execution.js';
import { whatSourceGarbles } from '../../../../src/execute/native/source-trial.js';

const accepted: StepResult = { outcome: { kind: 'accepted' }, micros: 1, heartbeats: 1 };
const refused = (message: string): StepResult => ({
  ...accepted,
  outcome: { kind: 'refused', message, error: '' },
});

/** The answers of any Lean to the trial's job. */
function honest({ steps }: Job): Execution {
  const isGood = [true, false, true, false, false, true, false];
  return {
    steps: steps.map((_, i) => (isGood[i] === true ? accepted : refused('Type mismatch'))),
    claims: [
      {
        ...accepted,
        name: 'canary',
        evidence: {
          kind: 'theorem',
          statesFalse: false,
          axioms: [],
          declarations: { kind: 'unsaid', why: '' },
        },
      },
    ],
    shapes: [{ name: 'canary.Tree', kind: 'inductive', levelParams: 0, numbers: [] }],
    end: { kind: 'finished' },
  } as unknown as Execution;
}

function withStep(execution: Execution, at: number, step: StepResult): Execution {
  return { ...execution, steps: execution.steps.with(at, step) };
}

async function tried(spoil: (execution: Execution) => Execution | undefined): Promise<string | undefined> {
  const run = (jobs: readonly Job[]): Promise<Execution[]> =>
    Promise.resolve(jobs.map((job) => spoil(honest(job))).filter((execution) => execution !== undefined));
  return whatSourceGarbles({ run });
}

describe('the trial of source level', () => {
  it('finds nothing where texts are answered as any Lean does', async () => {
    expect(await tried((execution) => execution)).toBeUndefined();
  });

  it.each<[what: string, spoil: (execution: Execution) => Execution | undefined, expected: RegExp]>([
    ['nothing', () => undefined, /^no answer$/],
    ['a crash', (e) => ({ ...e, end: { kind: 'crashed', message: 'signal 11' } }) as Execution, /signal 11/],
    ['too few answers', (e) => ({ ...e, steps: e.steps.slice(0, 3) }), /^no answer to "def canary.three/],
    ['an error that is not seen', (e) => withStep(e, 1, accepted), /"def canary.two .*" is accepted/],
    ['the second command let off', (e) => withStep(e, 4, accepted), /"def canary.four .*" is accepted/],
    ['an honest text refused', (e) => withStep(e, 2, refused('no')), /canary.Tree .*is refused: no/],
    ['a message that can’t be read', (e) => withStep(e, 3, refused('')), /refused without a word/],
    ['a claim refused', (e) => ({ ...e, claims: [] }), /claim of True/],
    ['a constant that is not found', (e) => ({ ...e, shapes: [] }), /constants are read otherwise/],
    [
      'a constant from before an error in its text',
      (e) => ({ ...e, shapes: [...e.shapes, ...e.shapes] }),
      /constants are read otherwise/,
    ],
  ])('says what was answered otherwise: %s', async (_, spoil, expected) => {
    expect(await tried(spoil)).toMatch(expected);
  });
});
