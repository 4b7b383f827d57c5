import { describe, expect, it } from 'vitest';
import type { Expected, Unit } from '../../../src/api/candidate.js';
import type { StepResult } from '../../../src/api/execution.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import { encode } from '../../../src/ir/encode.js';
import { bvar, constant, lambda, type Expr } from '../../../src/ir/expr.js';
import { define } from '../../../src/ir/hoas.js';
import { findSurprise } from '../../../src/judge/surprise.js';
import { accepted, candidate, execution, unit } from '../../support/fakes.js';

const Nat = constant('Nat');

function kernelUnit(declaration: Declaration, expected: Expected, uses: string[] = []): Unit {
  const name = declaration.kind === 'definition' ? declaration.name : '';
  return unit({
    kind: `a ${expected}`,
    text: '',
    words: encode([declaration]),
    declares: [name],
    expected,
    uses,
  });
}

function definition(name: string, value: Expr): Declaration {
  return define(name, [], Nat, value);
}

const fine = kernelUnit(definition('fine', constant('Nat.zero')), 'any');

function surprise(units: Unit[], steps: StepResult[], thorough = false): ReturnType<typeof findSurprise> {
  return findSurprise(candidate({ level: 'kernel', units }), execution({ steps }), thorough);
}

function refusedWith(kind: string): StepResult {
  return { refusal: { message: `(kernel) ${kind}`, kind: `kernel.${kind}` }, micros: 1, heartbeats: 1 };
}

describe('findSurprise', () => {
  it('finds nothing where broken units are refused and the others accepted', () => {
    const broken = kernelUnit(definition('b', constant('Bool.true')), 'reject');
    expect(surprise([fine, broken], [accepted(), refusedWith('declTypeMismatch')])).toBeUndefined();
  });

  it('finds an accepted unit that our own checker refuses', () => {
    const broken = kernelUnit(definition('b', constant('Bool.true')), 'reject');
    expect(surprise([fine, broken], [accepted(), accepted()])).toMatchObject({ unit: 1 });
  });

  it('clears a break that broke nothing', () => {
    const harmless = kernelUnit(definition('b', constant('fine')), 'reject');
    expect(surprise([fine, harmless], [accepted(), accepted()])).toBeUndefined();
  });

  it('does not lean on a unit that was refused', () => {
    const harmless = kernelUnit(definition('b', constant('fine')), 'reject');
    expect(surprise([fine, harmless], [refusedWith('other'), accepted()])).toMatchObject({ unit: 1 });
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
