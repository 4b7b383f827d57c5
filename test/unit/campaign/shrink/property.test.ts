import { expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import { keepsProperty, type Property } from '../../../../src/campaign/shrink/property.js';
import type { Subject } from '../../../../src/campaign/shrink/subject.js';
import { constant, fvar, type Expr } from '../../../../src/ir/expr.js';
import { define } from '../../../../src/ir/hoas.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { acceptedSignature } from '../../../../src/judge/signature.js';
import { accepted, candidate, refused, runnerOf } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';

const own = ownKernelFor(embedded);
const Nat = constant('Nat');

function subjectOf(...values: Expr[]): Subject {
  const units: Unit[] = values.map((value, at) =>
    KernelUnit.of(define(`d${at}`, [], Nat, value), { kind: 'def', expected: 'any' }),
  );
  return { candidate: candidate({ level: 'kernel', units }) };
}

const [fine, free, mistyped] = [constant('Nat.zero'), fvar('x'), constant('Bool.true')];

const lead: Property = {
  kind: 'lead',
  signature: acceptedSignature(define('d0', [], Nat, free), 'a free variable'),
  ...{ differential: false, refusal: null, at: null },
};

it('asks a Lean only about forms that break the rule by the theory', async () => {
  const runner = runnerOf({ steps: [accepted(), accepted()] });
  const subjects = [subjectOf(fine, fine), subjectOf(fine, free), subjectOf(mistyped, fine)];
  const answers = await keepsProperty(runner, lead, subjects, own);
  expect(answers.map(({ kind }) => kind)).toEqual(['refuses', 'accepts', 'refuses']);
  expect(runner.jobs).toHaveLength(1);
});

it('asks about a form that breaks another rule before, which the Lean may refuse', async () => {
  const runner = runnerOf({ steps: [refused('no'), accepted()] });
  const [answer] = await keepsProperty(runner, lead, [subjectOf(mistyped, free)], own);
  expect([answer?.kind, runner.jobs.length]).toEqual(['accepts', 1]);
});

it('asks about every form of a proof of False', async () => {
  const runner = runnerOf({ steps: [accepted()] });
  await keepsProperty(runner, { ...lead, kind: 'solution' }, [subjectOf(fine)], own);
  expect(runner.jobs).toHaveLength(1);
});
