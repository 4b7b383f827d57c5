import { describe, expect, it } from 'vitest';
import type { Inductive } from '../../../src/ir/declaration.js';
import { app, bvar, constant, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { arrows, define } from '../../../src/ir/hoas.js';
import { imax, one, zero } from '../../../src/ir/level.js';
import { describeSignature, type Signature } from '../../../src/api/signature.js';
import type { BrokenRule } from '../../../src/ir/typing-rules.js';
import {
  behindLead,
  acceptedSignature,
  canarySignature,
  changedSignature,
  checkedSignature,
  disbelievedSignature,
  endSignature,
  incompleteSignature,
  madeSignature,
  ofFile,
  provenSignature,
  refusedSignature,
  shapeOf,
  unstableReductionSignature,
  withProof,
} from '../../../src/judge/signature.js';
import { decodeFinding, encodeFinding } from '../../../src/share/entry-codec.js';
import { candidate, finding, leadVerdict, proved, unit } from '../../support/fakes.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';
import type { Unit } from '../../../src/api/candidate.js';
import { theorem } from '../../support/terms.js';

function inductive(
  parameters: number,
  ...types: (readonly [name: string, type: Expr, ...fields: Expr[]])[]
): Inductive {
  return {
    kind: 'inductive',
    levelParams: [],
    parameters,
    unsafe: false,
    types: types.map(([name, type, ...fields]) => ({
      name,
      type,
      constructors: [{ name: `${name}.mk`, type: arrows(...fields, constant(name)) }],
    })),
  };
}

const Type = sort(one);
const Nat = constant('Nat');

describe('shapeOf', () => {
  it.each([
    ['theorem', theorem(constant('True.intro'))],
    ['inductive', inductive(0, ['T', Type, Nat])],
    ['inductive', inductive(1, ['T', arrows(Nat, Type), app(constant('T'), constant('T'))])],
    ['mutual inductive', inductive(0, ['T', sort(zero)], ['S', sort(imax(one, zero)), Nat])],
    ['nested inductive', inductive(0, ['T', Type, app(constant('List', [zero]), constant('T'))])],
    [
      'mutual nested inductive',
      inductive(0, ['T', Type], ['S', Type, arrows(Nat, app(constant('List', [zero]), constant('T')))]),
    ],
  ])('calls it %s', (shape, declaration) => {
    expect(shapeOf(declaration)).toBe(shape);
  });
});

describe('acceptedSignature', () => {
  const asked = (kind: string, rule: BrokenRule): string =>
    describeSignature(acceptedSignature(theorem(Nat), rule, unit({ kind })));

  it('does not hang on names, binders, terms or numbers', () => {
    const one = acceptedSignature(theorem(constant('True.intro')), 'data out of a proof');
    const other = { ...theorem(app(pi('x', Nat, bvar(0)), Nat)), name: 'other' };
    expect(acceptedSignature(other, 'data out of a proof')).toEqual(one);
    expect(describeSignature(one)).toBe('accepted theorem: data out of a proof');
  });

  it('tells operators apart where the rule could be any error', () => {
    expect(asked('broken sort', 'a value of another type')).toBe(
      'accepted broken sort in theorem: a value of another type',
    );
    expect(asked('broken argument', 'a value of another type')).not.toBe(
      asked('broken sort', 'a value of another type'),
    );
    expect(asked('broken sort', 'data out of a proof')).toBe('accepted theorem: data out of a proof');
    expect(asked('projection', 'data out of a proof')).toBe('accepted theorem: data out of a proof');
  });

  it('takes blocks of any shape for one where the rule has one cause in all', () => {
    const block = inductive(0, ['T', Type, Nat], ['S', Type, Nat]);
    const of = (rule: BrokenRule): string => describeSignature(acceptedSignature(block, rule));
    expect(of('a loose bound variable')).toBe('accepted inductive: a loose bound variable');
    expect(of('data out of a proof')).toBe('accepted mutual inductive: data out of a proof');
  });
});

describe('a signature in one line', () => {
  const odd = acceptedSignature(theorem(Nat), 'data out of a proof');

  it.each([
    ['confirmed', 'solution '],
    ['refused', 'unconfirmed solution '],
    ['unanswered', 'unknown solution '],
  ] as const)('says of a proof of False that it is %s', (proof, prefix) => {
    expect(describeSignature(withProof(odd, proof))).toBe(`${prefix}accepted theorem: data out of a proof`);
  });

  it('tells the files of the user apart that end an executor', () => {
    const failure = { kind: 'timeout', message: 'no result after 10 ms', at: 0 } as const;
    const ended = endSignature(failure, unit({ text: 'def f := 1' }), '');
    expect(describeSignature(ended)).toBe('timeout in value: no result after 0 ms');
    expect(describeSignature(ofFile(ended, 'ab'))).toBe(
      'timeout in value of import ab: no result after 0 ms',
    );
  });

  it('names what ends an executor by the part of Lean that it reaches, however it was made', () => {
    const failure = { kind: 'crashed', message: 'SIGSEGV', at: 0 } as const;
    const placeOf = (of: Unit): string => describeSignature(endSignature(failure, of, ''));
    const [thm, def] = [theorem(Nat), define('d', [], Type, Nat)];
    const kernel = [thm, def].flatMap((declaration) => [
      KernelUnit.of(declaration),
      KernelUnit.of(declaration, { kind: 'mirrored' }),
      KernelUnit.of(declaration, { made: { how: 'broken', operator: 'sort' } }),
    ]);
    const texts = [
      'set_option maxRecDepth 512 in\n@[simp] theorem a : True := trivial',
      'noncomputable def b := 1',
    ];
    const all = [...kernel, ...texts.map((text) => unit({ kind: 'fold', text }))];
    expect(new Set(all.map(placeOf))).toEqual(new Set(['crashed in value: SIGSEGV']));
    expect(placeOf(KernelUnit.of(inductive(0, ['T', Type, Nat])))).toBe('crashed in inductive: SIGSEGV');
    expect(placeOf(unit({ kind: 'subtype', text: '/-- a def -/ structure S where\n  n : Nat' }))).toBe(
      'crashed in inductive: SIGSEGV',
    );
    expect(placeOf(unit({ kind: 'def', text: '#eval 1' }))).toBe('crashed in #eval: SIGSEGV');
  });

  it('is equal for signatures that were read back, whatever they are of', () => {
    const signatures: Signature[] = [
      odd,
      acceptedSignature(theorem(Nat), 'out of fuel', unit({ kind: 'broken sort' })),
      madeSignature(inductive(0, ['T', Type, Nat]), 'recursor', 'type'),
      incompleteSignature(theorem(Nat), '(kernel) declTypeMismatch'),
      refusedSignature(unit({ kind: 'mirrored' }), 'x'),
      changedSignature('hints', theorem(Nat), 'x'),
      changedSignature('kernel alone', unit(), 'x'),
      unstableReductionSignature,
      provenSignature(candidate(), 'decide', proved()),
      disbelievedSignature('decide', 'rests on the axiom sorryAx'),
      checkedSignature('lake_pass_comp_fail_safe_none', 'decide'),
      endSignature({ kind: 'crashed', message: 'x', at: 3 }, undefined, 'decide'),
      ofFile(endSignature({ kind: 'crashed', message: 'x', at: 3 }, undefined, 'decide'), 'ab'),
      canarySignature('a numeral', true),
      withProof(odd, 'unanswered'),
    ];
    for (const signature of signatures) {
      const lead = finding({ verdict: leadVerdict({ signature }) });
      expect(decodeFinding(encodeFinding(lead)).verdict.signature).toEqual(signature);
    }
    expect(new Set(signatures.map(describeSignature)).size).toBe(signatures.length);
  });
});

describe('a proof of False behind a lead', () => {
  const place = { kind: 'declaration', shape: 'definition' } as const;
  const proof: Signature = {
    class: 'soundness',
    rule: { kind: 'proves False' },
    place: { kind: 'claim', name: 'decide', on: ['definition'] },
    proof: 'confirmed',
  };

  it('is named by what the lead is about', () => {
    const lead: Signature = {
      class: 'soundness',
      rule: { kind: 'accepts', breaks: 'data out of a proof' },
      place,
    };
    expect(describeSignature(behindLead(lead, proof))).toBe(
      'solution accepted definition: data out of a proof',
    );
  });

  it('has a name of its own where the lead is a refusal, which proves nothing', () => {
    const lead: Signature = { class: 'completeness', rule: { kind: 'refuses', says: 'invalidProj' }, place };
    expect(behindLead(lead, proof)).toEqual(proof);
  });
});
