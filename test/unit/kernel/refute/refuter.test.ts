import { describe, expect, it } from 'vitest';
import { app, bvar, constant, nat, pi, sort, type Expr } from '../../../../src/ir/expr.js';
import { arrows } from '../../../../src/ir/hoas.js';
import { one, zero } from '../../../../src/ir/level.js';
import { assume } from '../../../../src/kernel/assume.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { Bool, Nat, Prop, Type } from '../../../../src/ir/core-constants.js';
import { equal } from '../../../../src/kernel/base/terms.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { Refuter, type Fact } from '../../../../src/kernel/refute/refuter.js';
import { Typing } from '../../../../src/kernel/typing.js';

const False = constant('False');
const True = constant('True');
const Empty = constant('Empty');

/** The form by which a statement is refuted; our own kernel must accept the proof that is made of it. */
function formOf(type: Expr, facts: readonly Fact[] = []): string | undefined {
  const stated = { kind: 'axiom', name: 'stated', levelParams: [], type, unsafe: false } as const;
  const environment = facts.reduce(
    (before, { name, type: known }) =>
      assume(before, { kind: 'axiom', name, levelParams: [], type: known, unsafe: false }),
    assume(baseEnvironment, stated),
  );
  const refuted = new Refuter(new Typing(environment), facts).falseFrom(type, constant('stated'));
  if (refuted === undefined) return undefined;
  const theorem = { kind: 'theorem', name: 'x', levelParams: [], type: False, value: refuted.proof } as const;
  expect(checkDeclaration(environment, theorem)).toMatchObject({ kind: 'accept' });
  return refuted.form;
}

describe('a statement is refuted by its form', () => {
  it.each([
    ['False', False, 'False'],
    ['an empty type', Empty, 'empty type'],
    ['a conjunction with False', app(constant('And'), True, False), 'type without values'],
    ['a wrong equation of numbers', equal(one, Nat, nat(1), nat(2)), 'false equation'],
    ['true = false', equal(one, Bool, constant('Bool.true'), constant('Bool.false')), 'false equation'],
    ['True = False', equal(one, Prop, True, False), 'false equation'],
    ['every proposition', pi('p', Prop, bvar(0)), 'every proposition'],
    ['every type', pi('α', Type, bvar(0)), 'every type'],
    ['every proposition from a number', pi('p', Prop, pi('n', Nat, bvar(1))), 'every proposition'],
    ['not True', arrows(True, False), 'false negation'],
    ['a function into an empty type', arrows(Nat, Empty), 'function into empty type'],
  ])('%s', (_, type, form) => expect(formOf(type)).toBe(form));

  it('by what another constant states', () => {
    const P = constant('P');
    const facts = [
      { name: 'P', term: P, type: Prop },
      { name: 'proved', term: constant('proved'), type: P },
    ];
    expect(formOf(arrows(P, False), facts)).toBe('false negation');
    expect(formOf(arrows(P, False), facts.slice(0, 1))).toBeUndefined();
  });
});

describe('a long statement is looked at to the end', () => {
  const numbers = Array.from({ length: 60 }, () => Nat);
  const wrong = equal(one, Nat, nat(1), nat(2));

  it('where an argument does not exist', () => {
    expect(formOf(arrows(...numbers, Empty, ...numbers, wrong))).toBeUndefined();
  });

  it('where only what one argument is makes it false', () => {
    const shifted = numbers
      .slice(0, 20)
      .reduceRight<Expr>((body) => pi('m', Nat, body), equal(one, Nat, bvar(20), nat(0)));
    expect(formOf(pi('n', Nat, shifted))).toBe('function into false equation');
  });
});

describe('its neighbours are not', () => {
  it.each([
    ['True', True],
    ['a right equation', equal(one, Nat, nat(2), nat(2))],
    ['a function from False', arrows(False, False)],
    ['a function from an empty type', arrows(Empty, False)],
    ['what every proposition implies', pi('p', Prop, pi('h', bvar(0), bvar(1)))],
    ['a sort', sort(zero)],
    ['a function between types with values', arrows(Nat, Bool)],
  ])('%s', (_, type) => expect(formOf(type)).toBeUndefined());
});
