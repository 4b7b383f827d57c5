import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { decode } from '../../../../src/ir/tree-builder.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { constant, fvar, nat } from '../../../../src/ir/expr.js';
import { Nat } from '../../../../src/ir/core-constants.js';
import { define } from '../../../../src/ir/hoas.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { askAgain } from '../../../../src/judge/ask/differential.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { accepted as acceptedStep, candidate, execution } from '../../../support/fakes.js';

const { environment: base } = ownKernelFor({ kind: 'native', version: '4.28.0' });
const accepted = acceptedStep();
const refused = {
  ...accepted,
  outcome: { kind: 'refused', message: '(kernel) declTypeMismatch', error: 'kernel.declTypeMismatch' },
} as const;

/** A Lean that refuses an opaque as it is, and accepts it where its value begins with a let. */
async function askAbout(declarations: readonly Declaration[]) {
  const asked = candidate({ level: 'kernel', units: declarations.map((one) => KernelUnit.of(one)) });
  const said = (one: Declaration | undefined) =>
    one?.kind === 'opaque' && one.value.kind !== 'let' ? refused : accepted;
  const answer = ({ steps }: Job): Execution =>
    execution({
      steps: steps.map((step) => said(step.kind === 'declaration' ? decode(step.words)[0] : undefined)),
    });
  const run = (jobs: readonly Job[]) => Promise.resolve(jobs.map(answer));
  return askAgain({ base, run }, asked, execution({ steps: declarations.map(said) }), 'all');
}

const opaque = (value: Parameters<typeof define>[3]): Declaration => ({
  ...{ kind: 'opaque', name: 'A', levelParams: [], type: Nat, value, unsafe: false },
});

describe('an answer that hangs on how something is said', () => {
  it('is named by the rule that is broken in what is accepted', async () => {
    expect(await askAbout([define('n', [], Nat, nat(1)), opaque(fvar('_kernel_fresh.0'))])).toMatchObject({
      kind: 'refuses',
      signature: {
        class: 'soundness',
        rule: { kind: 'accepts', breaks: 'a free variable' },
        place: { kind: 'declaration', shape: 'opaque' },
      },
    });
  });

  it('is an instability where nothing is wrong with what is accepted', async () => {
    expect(await askAbout([define('n', [], Nat, nat(1)), opaque(constant('n'))])).toMatchObject({
      signature: { class: 'instability', rule: { kind: 'answers otherwise', when: 'larger' } },
    });
  });

  it('is none of what was broken before it', async () => {
    const broken = define('n', [], Nat, constant('Bool'));
    expect(await askAbout([broken, opaque(constant('n'))])).toMatchObject({
      signature: { class: 'instability' },
    });
  });
});
