import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/api/execution.js';
import { Bool, Nat, yes } from '../../../../src/ir/core-constants.js';
import { app, constant, lambda, nat, sort } from '../../../../src/ir/expr.js';
import { arrows, define, fun, inductiveType } from '../../../../src/ir/hoas.js';
import { imax, one, zero } from '../../../../src/ir/level.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { Compared, compareWithOwn, readByOwn } from '../../../../src/judge/ask/compare-with-own.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { accepted, candidate, execution, runnerOf } from '../../../support/fakes.js';

const native = (version: string) => ownKernelFor({ kind: 'native', version });
const refusedWith = (kind: string): StepResult => ({
  ...{ micros: 1, heartbeats: 1 },
  outcome: { kind: 'refused', message: `(kernel) ${kind}`, error: `kernel.${kind}` },
});

async function compared(
  declarations: Parameters<typeof KernelUnit.of>[0][],
  steps: StepResult[],
  version = '4.35.0',
) {
  const asked = candidate({ level: 'kernel', units: declarations.map((one) => KernelUnit.of(one)) });
  const executed = execution({ steps });
  const own = native(version);
  return compareWithOwn(runnerOf({}), asked, executed, readByOwn(asked, executed, own, true), own);
}

const fine = define('fine', [], Nat, nat(1));
const wrong = define('wrong', [], Nat, Bool);

describe('a refusal', () => {
  it('is a lead of class completeness where our kernel accepts what was refused', async () => {
    expect(await compared([fine], [refusedWith('declTypeMismatch')])).toMatchObject({
      ...{ kind: 'refuses', suspect: 0 },
      signature: { class: 'completeness', rule: { kind: 'refuses', says: '(kernel) declTypeMismatch' } },
    });
  });

  it('is none where ours refuses too, where a limit was met, or where Lean has the name', async () => {
    expect(await compared([wrong], [refusedWith('declTypeMismatch')])).toEqual({ kind: 'accepts' });
    expect(await compared([fine], [refusedWith('deterministicTimeout')])).toEqual({ kind: 'accepts' });
    expect(await compared([fine], [refusedWith('alreadyDeclared')])).toEqual({ kind: 'accepts' });
  });

  it('is held against what that release derives, not against the theory', async () => {
    // Its sort comes to Prop, which releases before 4.33.0 do not see: its recursor gives no data there.
    const hidden = inductiveType(
      'P',
      [],
      [],
      () => sort(imax(zero, zero)),
      (self) => ({ mk: arrows(self, self) }),
    );
    const P = constant('P');
    const step = lambda('x', P, lambda('ih', Bool, yes));
    const data = define(
      'data',
      [],
      arrows(P, Bool),
      fun('p', P, (p) => app(constant('P.rec', [one]), lambda('p', P, Bool), step, p)),
    );
    const steps = [accepted(), refusedWith('other')];
    const old = await compared([hidden, data], steps, '4.28.0');
    expect(old.kind).not.toBe('refuses');
    expect(await compared([hidden, data], steps, '4.35.0')).toMatchObject({ suspect: 1 });
  });
});

it('compares what was compared before only where it stands in another environment', () => {
  const own = native('4.35.0');
  const type = KernelUnit.of(
    inductiveType(
      'T',
      [],
      [],
      () => sort(one),
      (self) => ({ mk: self }),
    ),
  );
  const other = KernelUnit.of(fine);
  const read = (units: KernelUnit[]) => {
    const asked = candidate({ level: 'kernel', units });
    return readByOwn(asked, execution({ steps: units.map(() => accepted()) }), own, false).derived;
  };
  const known = new Compared();
  expect(known.newIn(read([type]))).toHaveLength(1);
  known.add(read([type]));
  expect(known.newIn(read([type, other]))).toEqual([]);
  expect(known.newIn(read([other, type]))).toHaveLength(1);
});
