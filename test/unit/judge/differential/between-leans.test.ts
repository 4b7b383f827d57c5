import { describe, expect, it } from 'vitest';
import type { Execution, StepResult } from '../../../../src/api/execution.js';
import { describeSignature } from '../../../../src/api/signature.js';
import { Bool, Nat, Prop, Type } from '../../../../src/ir/core-constants.js';
import { encode } from '../../../../src/ir/encode.js';
import { app, constant, nat, proj, sort } from '../../../../src/ir/expr.js';
import { arrows, define, inductiveType } from '../../../../src/ir/hoas.js';
import { imax, one, zero } from '../../../../src/ir/level.js';
import { answersOf, differencesBetween } from '../../../../src/judge/differential/between-leans.js';
import { accepted, execution, refused } from '../../../support/fakes.js';
import { definitionUnit, kernelUnit } from '../../../support/kernel-units.js';
import { embedded } from '../../../support/leans.js';

const older = { ...embedded, kind: 'native', version: '4.32.2', hash: 'a' } as const;
const newer = { ...embedded, kind: 'native', version: '4.35.0', hash: 'b' } as const;

function ran(...steps: readonly StepResult[]): Execution {
  return execution({ steps });
}

/** Between two releases: what each of them said. */
function between(units: Parameters<typeof differencesBetween>[0], one: Execution, other: Execution) {
  return differencesBetween(units, { lean: older, execution: one }, { lean: newer, execution: other });
}

const honest = kernelUnit(define('honest', [], Nat, nat(1)));
const wrong = kernelUnit(define('wrong', [], Nat, Type));
const user = kernelUnit(define('user', [], Nat, constant('wrong')));

describe('differences between two Leans', () => {
  it('are none where they agree, or where one gave no answer', () => {
    expect(
      between([honest, wrong], ran(accepted(), refused('no')), ran(accepted(), refused('other'))),
    ).toEqual([]);
    expect(between([wrong], ran(accepted()), ran())).toEqual([]);
    expect(between([wrong], ran(accepted()), ran(refused('(kernel) deterministic timeout')))).toEqual([]);
  });

  it('name the first of declarations that build on each other, and what our own kernel says', () => {
    const [difference, ...others] = between(
      [honest, wrong, user],
      ran(accepted(), accepted(), accepted()),
      ran(accepted(), refused('(kernel) declaration type mismatch'), refused('unknown constant')),
    );
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      ...{ unit: 1, name: 'wrong', shape: 'definition', one: 'accepts' },
      other: 'refuses: (kernel) declaration type mismatch',
    });
    expect(describeSignature(difference?.signature as never)).toBe(
      'difference definition: a value of another type',
    );
    expect(difference?.known).toBeUndefined();
    expect(difference?.explained).toEqual(['in theory: refused (a value of another type)']);
  });

  it('say which mended bug they come from, but not where the newer one has it', () => {
    const proof = kernelUnit(
      inductiveType(
        'W',
        [],
        [],
        () => Prop,
        (self) => ({ mk: arrows(Nat, self) }),
      ),
    );
    const axiom = kernelUnit({
      kind: 'axiom',
      name: 'w',
      levelParams: [],
      type: constant('W'),
      unsafe: false,
    });
    const out = definitionUnit('out', proj('W', 0, constant('w')), Nat);
    const units = [proof, axiom, out];
    const takes = ran(accepted(), accepted(), accepted());
    const refuses = ran(accepted(), accepted(), refused('(kernel) invalidProj'));
    expect(between(units, takes, refuses)[0]).toMatchObject({
      known: expect.stringContaining('#14613') as string,
      signature: { rule: { kind: 'was changed' } },
    });
    expect(between(units, refuses, takes)[0]).toMatchObject({
      signature: { rule: { kind: 'is disputed', says: 'data out of a proof' } },
    });
  });

  it('come from a change that our own kernel knows where it answers so in both modes', () => {
    const large = kernelUnit(
      inductiveType(
        'D',
        [],
        [],
        () => sort(imax(one, zero)),
        (self) => ({ mk: arrows(Bool, self) }),
      ),
    );
    const [difference] = between([large], ran(refused('universe level too big')), ran(accepted()));
    expect(difference).toMatchObject({ known: expect.stringContaining('#14615') as string });
    expect(difference?.explained[1]).toBe('our own kernel answers so in the modes of the two releases');
  });

  it('are not looked for in what rests on constants that Init has otherwise', () => {
    const computes = definitionUnit('sum', app(constant('Nat.add'), nat(1), nat(2)), Nat);
    const behind = definitionUnit('behind', constant('sum'), Nat);
    const takes = { lean: embedded, execution: ran(accepted(), accepted()) };
    const refuses = ran(refused('no'), accepted());
    expect(differencesBetween([computes, behind], takes, { lean: newer, execution: refuses })).toEqual([]);
    expect(between([computes, behind], takes.execution, refuses)).toHaveLength(1);
  });

  it('are found in what an accepted inductive declaration made, and what builds on it is no other one', () => {
    const type = kernelUnit(
      inductiveType(
        'T',
        [],
        [],
        () => Type,
        (self) => ({ mk: self }),
      ),
    );
    const usesIt = definitionUnit('u', constant('T.mk'), constant('T'));
    const made = (parameters: number): Execution['made'] => ({
      constants: [
        {
          name: 'T',
          kind: 'inductive',
          numbers: [parameters, 0, 0, 0, 0, 0],
          block: ['T'],
          constructors: ['T.mk'],
          rules: [],
        },
      ],
      terms: encode([{ kind: 'axiom', name: 'T', levelParams: [], type: Type, unsafe: false }]),
    });
    const one = { ...ran(accepted(), accepted()), made: made(0) as NonNullable<Execution['made']> };
    const other = { ...ran(accepted(), refused('no')), made: made(1) as NonNullable<Execution['made']> };
    const found = between([type, usesIt], one, other);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      ...{ unit: 0, name: 'T', one: 'has 0', other: 'has 1' },
      signature: { rule: { kind: 'is made otherwise', constant: 'inductive', what: 'parameters' } },
    });
    // Of a refused declaration the name says something else.
    const refusing = { ...ran(refused('taken'), accepted()), made: other.made };
    expect(between([type], { ...refusing, made: one.made }, refusing)).toEqual([]);
  });
});

describe('answersOf', () => {
  it('has one answer for each declaration, also where there is none', () => {
    const failed = execution({ steps: [accepted()], end: { kind: 'timeout', message: 'late', at: 1 } });
    expect(answersOf([1, 2], failed).map(({ kind }) => kind)).toEqual(['accepts', 'noAnswer']);
    expect(answersOf([1], undefined)[0]).toMatchObject({ kind: 'noAnswer' });
  });
});
