import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../src/ir/declaration.js';
import { app, bvar, constant, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { zero } from '../../../src/ir/level.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { faithful, strict } from '../../../src/kernel/mode.js';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { axiom, c, Type } from '../../support/kernel-cases/case.js';

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const pis = (count: number, type: Expr, body: Expr): Expr => {
  let result = body;
  for (let i = 0; i < count; i++) result = pi('a', type, result);
  return result;
};

/** A block of so many types, each with a constructor that takes `fields` values of the next. */
function ring(types: number, fields: number): Declaration {
  return {
    kind: 'inductive',
    levelParams: [],
    parameters: 0,
    unsafe: false,
    types: many(types, (i) => ({
      name: `T${i}`,
      type: Type,
      constructors: [{ name: `T${i}.mk`, type: pis(fields, c(`T${(i + 1) % types}`), c(`T${i}`)) }],
    })),
  };
}

/** A type inside so many lists. */
function nested(depth: number): Declaration {
  let field = c('T');
  for (let i = 0; i < depth; i++) field = app(constant('List', [zero]), field);
  const constructors = [{ name: 'T.mk', type: pi('a', field, c('T')) }];
  const types = [{ name: 'T', type: Type, constructors }];
  return { kind: 'inductive', levelParams: [], parameters: 0, unsafe: false, types };
}

/** Parts that stand below ever more binders, each of which mentions one outside all of them. */
function openTails(length: number): Declaration {
  let part: Expr = bvar(length);
  for (let i = 0; i < length; i++) part = pi('x', part, part);
  return axiom('a', pis(length + 1, sort(zero), part));
}

const modes = [strict, faithful('4.28.0'), faithful('4.35.0')];

describe('a large declaration', () => {
  it.each([
    ['3,000 recursive fields', ring(1, 3000)],
    ['200 types of a block', ring(200, 1)],
    ['80 nested types', nested(80)],
  ])('is accepted, for what its recursors share is made and checked once: %s', (_, declaration) => {
    for (const mode of modes)
      expect(new Kernel(mode, { environment: baseEnvironment }).add(declaration)).toEqual({
        kind: 'accepts',
      });
  });

  it.each([
    ['1,200 types of a block', ring(1200, 1)],
    ['60 types that take 200 values each', ring(60, 200)],
    ['600 nested types', nested(600)],
    ['shared parts at many depths', openTails(3000)],
  ])('is declined before it takes much time: %s', (_, declaration) => {
    const begun = process.cpuUsage();
    const kernel = new Kernel(strict, { environment: baseEnvironment });
    expect(kernel.add(declaration).kind).toBe('noAnswer');
    expect(process.cpuUsage(begun).user).toBeLessThan(10e6);
  });

  it('pays for nodes that are looked at, not only for steps', () => {
    expect(new Kernel(strict, { steps: 1000 }).add(openTails(12))).toEqual({ kind: 'accepts' });
    expect(new Kernel(strict, { steps: 1000 }).add(openTails(900)).kind).toBe('noAnswer');
  });
});
