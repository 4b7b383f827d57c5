import { baseEnvironment, commonEnvironment } from '../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { Expected, Unit } from '../../../src/api/candidate.js';
import type { StepResult } from '../../../src/api/execution.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, nat, pi, type Expr } from '../../../src/ir/expr.js';
import { define } from '../../../src/ir/hoas.js';
import { one } from '../../../src/ir/level.js';
import { findSurprise } from '../../../src/judge/surprise.js';
import { accepted, candidate, execution } from '../../support/fakes.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';

const Nat = constant('Nat');
const Bool = constant('Bool');

function kernelUnit(declaration: Declaration, expected: Expected, uses: string[] = []): Unit {
  const name = declaration.kind === 'definition' ? declaration.name : '';
  return KernelUnit.of(declaration, { kind: `a ${expected}`, declares: [name], expected, uses });
}

function definition(name: string, value: Expr): Declaration {
  return define(name, [], Nat, value);
}

/** An equation in Nat, by reflexivity of 1. */
function theorem(name: string, type: Expr): Declaration {
  const value = app(constant('Eq.refl', [one]), Nat, nat(1));
  return { kind: 'theorem', name, levelParams: [], type, value };
}

const fine = kernelUnit(definition('fine', constant('Nat.zero')), 'any');

function surprise(
  units: Unit[],
  steps: StepResult[],
  thorough = false,
  base = commonEnvironment,
): ReturnType<typeof findSurprise> {
  return findSurprise(base, candidate({ level: 'kernel', units }), execution({ steps }), thorough);
}

function refusedWith(kind: string): StepResult {
  const outcome = { kind: 'refused', message: `(kernel) ${kind}`, error: `kernel.${kind}` } as const;
  return { outcome, micros: 1, heartbeats: 1 };
}

describe('findSurprise', () => {
  it('finds nothing where broken units are refused and the others accepted', () => {
    const broken = kernelUnit(definition('b', constant('Bool.true')), 'reject');
    expect(surprise([fine, broken], [accepted(), refusedWith('declTypeMismatch')])).toBeUndefined();
  });

  it('knows what Nat.add comes to on a Lean whose base constants are ours', () => {
    // n + 0 = n + 1
    const [n, add] = [bvar(0), constant('Nat.add')];
    const Eq = app(constant('Eq', [one]), Nat, app(add, n, nat(0)), app(constant('Nat.succ'), n));
    const value = lambda('n', Nat, app(constant('Eq.refl', [one]), Nat, n));
    const wrong: Declaration = { kind: 'theorem', name: 'w', levelParams: [], type: pi('n', Nat, Eq), value };
    const units = [kernelUnit(wrong, 'reject')];
    expect(surprise(units, [accepted()])).toBeUndefined();
    expect(surprise(units, [accepted()], false, baseEnvironment)?.unit).toBe(0);
  });

  it('finds an accepted unit that our own checker refuses', () => {
    const broken = kernelUnit(definition('b', constant('Bool.true')), 'reject');
    expect(surprise([fine, broken], [accepted(), accepted()])).toMatchObject({ unit: 1 });
  });

  it('asks its checker anew about a unit that stands behind others than before', () => {
    const user = kernelUnit(definition('user', constant('used')), 'any', ['used']);
    const number = kernelUnit(definition('used', nat(1)), 'any');
    const flag = kernelUnit(define('used', [], Bool, constant('Bool.true')), 'any');
    const steps = [accepted(), accepted()];
    expect(surprise([number, user], steps, true)).toBeUndefined();
    expect(surprise([flag, user], steps, true)).toMatchObject({ unit: 1 });
    expect(surprise([number, user], steps, true)).toBeUndefined();
  });

  it('clears a break that broke nothing', () => {
    const harmless = kernelUnit(definition('b', constant('fine')), 'reject');
    expect(surprise([fine, harmless], [accepted(), accepted()])).toBeUndefined();
  });

  it('does not lean on a unit that was refused', () => {
    const harmless = kernelUnit(definition('b', constant('fine')), 'reject');
    expect(surprise([fine, harmless], [refusedWith('other'), accepted()])).toMatchObject({ unit: 1 });
  });

  it('passes over a surprise that is exhausted, unless there is no other', () => {
    const broken = (name: string, value: Expr): Unit => kernelUnit(definition(name, value), 'reject');
    const units = [broken('a', constant('Bool.true')), broken('b', bvar(0))];
    const steps = [accepted(), accepted()];
    const found = findSurprise(
      commonEnvironment,
      candidate({ level: 'kernel', units }),
      execution({ steps }),
      false,
      ({ rule }) => rule.kind === 'accepts' && rule.breaks === 'a value of another type',
    );
    expect(found).toMatchObject({
      unit: 1,
      signature: { rule: { breaks: 'a loose bound variable' }, place: { shape: 'definition' } },
    });
    expect(
      findSurprise(
        commonEnvironment,
        candidate({ level: 'kernel', units }),
        execution({ steps }),
        false,
        () => true,
      ),
    ).toMatchObject({ unit: 0 });
  });

  it('is not surprised where all that our checker lacks is the meaning of one of the constants', () => {
    const either = lambda('a', Bool, lambda('b', Bool, bvar(0)));
    const length = app(constant('Nat.bitwise'), either, nat(1), nat(1));
    const units = [
      kernelUnit(theorem('t', app(constant('Eq', [one]), Nat, length, nat(1))), 'reject'),
      kernelUnit(theorem('w', app(constant('Eq', [one]), Nat, nat(2), nat(1))), 'reject'),
    ];
    expect(surprise(units, [accepted(), accepted()])).toMatchObject({ unit: 1 });
    expect(surprise(units.slice(0, 1), [accepted()])).toBeUndefined();
  });

  it('asks about ordinary units only when told to be thorough', () => {
    const wrong = kernelUnit(definition('w', lambda('x', Nat, bvar(0))), 'any');
    expect(surprise([wrong], [accepted()])).toBeUndefined();
    expect(surprise([wrong], [accepted()], true)).toMatchObject({ unit: 0 });
  });

  it('finds a refused unit that means what an accepted one means', () => {
    const same = kernelUnit(definition('m', constant('Nat.zero')), 'accept', ['fine']);
    expect(surprise([fine, same], [accepted(), refusedWith('declTypeMismatch')])).toMatchObject({ unit: 1 });
    expect(surprise([fine, same], [accepted(), accepted()])).toBeUndefined();
  });

  it('takes no limit for an answer, and no refusal of what stands on a refused unit', () => {
    const same = kernelUnit(definition('m', constant('Nat.zero')), 'accept', ['fine']);
    expect(surprise([fine, same], [accepted(), refusedWith('deterministicTimeout')])).toBeUndefined();
    expect(surprise([fine, same], [refusedWith('other'), refusedWith('other')])).toBeUndefined();
  });
});
