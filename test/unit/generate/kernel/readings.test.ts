import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import { baseContext, extendContext } from '../../../../src/generate/kernel/context.js';
import { eliminationFunction, projectionFunction } from '../../../../src/generate/kernel/readings.js';
import { app, constant, type Expr } from '../../../../src/ir/expr.js';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import { succ } from '../../../../src/ir/level.js';
import { Nat, Prop, Type } from '../../../../src/ir/core-constants.js';
import { typeAt, u } from '../../../../src/kernel/base/terms.js';
import { checkDeclaration, type Opinion } from '../../../../src/kernel/check.js';
import { Random } from '../../../../src/util/random.js';

type Fields = (self: Expr) => Record<string, Expr>;

/** Our own checker's opinion on the function that reads a type with these constructors; undefined without one. */
function opinionOf(read: typeof projectionFunction, sort: Expr, fields: Fields): Opinion['kind'] | undefined {
  const declaration = inductiveType('T', [], [], () => sort, fields);
  const context = extendContext(baseContext(commonEnvironment), declaration);
  const made = read(Random.of(1), context, 'read');
  return made === undefined ? undefined : checkDeclaration(context.environment, made).kind;
}

const two: Fields = (self) => ({ a: self, b: arrows(Nat, self, self) });
const oneField: Fields = (self) => ({ make: arrows(Nat, self) });

describe('a function that reads out of a type', () => {
  it.each<[string, typeof projectionFunction, Expr, Fields, Opinion['kind'] | undefined]>([
    ['projects data', projectionFunction, Type, oneField, 'accept'],
    ['must not project data out of a proof', projectionFunction, Prop, oneField, 'reject'],
    [
      'projects proofs out of a proof',
      projectionFunction,
      Prop,
      (self) => ({ make: arrows(constant('True'), self) }),
      'accept',
    ],
    ['has nothing to project out of a choice', projectionFunction, Type, two, undefined],
    ['tells constructors apart', eliminationFunction, Type, two, 'accept'],
    ['must not tell proofs apart', eliminationFunction, Prop, two, 'reject'],
    ['may take apart what has no proofs', eliminationFunction, Prop, () => ({}), 'accept'],
  ])('%s', (_, read, sort, fields, expected) => expect(opinionOf(read, sort, fields)).toBe(expected));

  it('takes parameters, indices and levels along', () => {
    const family = inductiveType(
      'F',
      ['u'],
      [['α', () => typeAt(u)]],
      () => arrows(Nat, typeAt(succ(u))),
      (self, [alpha = Nat]) => ({ make: arrows(alpha, app(self, constant('Nat.zero'))) }),
    );
    const context = extendContext(baseContext(commonEnvironment), family);
    for (const read of [projectionFunction, eliminationFunction]) {
      const made = read(Random.of(1), context, 'read');
      if (made === undefined) expect.fail('no function was made');
      expect(checkDeclaration(context.environment, made).kind).toBe('accept');
    }
  });

  it('asks about propositions more often than not', () => {
    const names = { Data: Type, Claim: Prop };
    const context = Object.entries(names)
      .map(([name, sort]) => inductiveType(name, [], [], () => sort, oneField))
      .reduce(extendContext, baseContext(commonEnvironment));
    const asked = Array.from({ length: 200 }, (_, seed) =>
      JSON.stringify(projectionFunction(Random.of(seed), context, 'read')).includes('Claim'),
    );
    const share = asked.filter(Boolean).length / asked.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.95);
  });
});
