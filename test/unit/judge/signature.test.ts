import { describe, expect, it } from 'vitest';
import type { Inductive } from '../../../src/ir/declaration.js';
import { app, bvar, constant, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { arrows } from '../../../src/ir/hoas.js';
import { imax, one, zero } from '../../../src/ir/level.js';
import { acceptedSignature, shapeOf } from '../../../src/judge/signature.js';
import { unit } from '../../support/fakes.js';
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
  const objection = 'a value of another type: `f12_3 0`';

  it('does not hang on names, binders, terms or numbers', () => {
    const one = acceptedSignature(unit({ kind: 'broken sort' }), theorem(constant('True.intro')), objection);
    const other = { ...theorem(app(pi('x', Nat, bvar(0)), Nat)), name: 'other' };
    expect(acceptedSignature(unit({ kind: 'broken sort' }), other, 'a value of another type: `g 77`')).toBe(
      one,
    );
    expect(one).toBe('accepted broken sort in theorem: a value of another type: `_`');
  });

  it('tells operators apart where the objection could be any error', () => {
    const of = (kind: string, said: string): string => acceptedSignature(unit({ kind }), theorem(Nat), said);
    expect(of('broken sort', objection)).not.toBe(of('broken argument', objection));
    const precise = 'data out of a proof';
    expect(of('broken sort', precise)).toBe(of('projection', precise));
    expect(of('projection', precise)).toBe(`accepted theorem: ${precise}`);
  });
});
