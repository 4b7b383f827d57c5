import { describe, expect, it } from 'vitest';
import { app, constant, lambda, mdata, sort, type Expr } from '../../../src/ir/expr.js';
import { arrows, inductiveType } from '../../../src/ir/hoas.js';
import { one, succ } from '../../../src/ir/level.js';
import type { Inductive } from '../../../src/ir/declaration.js';
import { assume } from '../../../src/kernel/assume.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { checkDeclaration } from '../../../src/kernel/check.js';
import { kernelCases } from '../../support/kernel-cases/all.js';

const nat = constant('Nat');

/** A type without constructors whose type is written like this. */
const typed = (type: Expr): Inductive => ({
  kind: 'inductive',
  levelParams: [],
  parameters: 0,
  types: [{ name: 'T', type, constructors: [] }],
  unsafe: false,
});

describe('an inductive type that is assumed', () => {
  it('has recursors for what it nests', () => {
    const box = inductiveType(
      'Box',
      [],
      [['α', () => sort(one)]],
      () => sort(one),
      (self, [α = self]) => ({
        mk: arrows(α, self),
      }),
    );
    const tree = inductiveType(
      'Tree',
      [],
      [],
      () => sort(one),
      (self) => ({
        node: arrows(app(constant('Box'), self), self),
      }),
    );
    const environment = [box, tree].reduce(assume, commonEnvironment);
    expect(environment.addedNames.slice(-2)).toEqual(['Tree.rec', 'Tree.rec_1']);
    expect(environment.find('Tree.rec_1')?.details).toMatchObject({ kind: 'recursor', inductive: 'Box' });
    expect(environment.find('Tree')?.details).toMatchObject({ nested: 1 });
  });

  it.each([
    ['an arrow', arrows(nat, sort(one)), 1],
    ['a note between its arrows', arrows(nat, mdata(arrows(nat, sort(one)))), 2],
    ['a redex', app(lambda('x', sort(succ(one)), arrows(nat, sort(one))), sort(one)), 1],
  ])('has as many indices as its type takes arguments: %s', (_, type, indices) => {
    const environment = assume(commonEnvironment, typed(type));
    expect(environment.find('T')?.details).toMatchObject({ indices });
  });

  it('adds what the theory adds, in each small case that is accepted', () => {
    let compared = 0;
    for (const { name, declarations, strict } of kernelCases) {
      const last = declarations.at(-1);
      if (strict !== 'accepts' || last?.kind !== 'inductive') continue;
      const before = declarations.slice(0, -1).reduce(assume, commonEnvironment);
      const opinion = checkDeclaration(before, last);
      if (opinion.kind !== 'accept') throw new Error(`${name}: not accepted`);
      const expected = opinion.environment.all.filter((constant) => before.find(constant.name) !== constant);
      const after = assume(before, last);
      for (const { name: of, details } of expected)
        expect([name, of, after.find(of)?.details]).toEqual([name, of, details]);
      compared += expected.length;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('is as it is written where the theory takes it for none', () => {
    const environment = assume(commonEnvironment, typed(constant('nowhere')));
    expect(environment.find('T')?.details).toMatchObject({ indices: 0, nested: 0 });
    expect(environment.find('T.rec')).toBeUndefined();
  });
});
