import { describe, expect, it } from 'vitest';
import { effort } from '../../../src/ir/effort.js';
import { letIn, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { imax, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { faithful, strict } from '../../../src/kernel/mode.js';
import { Typing } from '../../../src/kernel/typing.js';
import { axiom, def, Prop } from '../../support/kernel-cases/case.js';

const names = Array.from({ length: 22 }, (_, i) => `u${i}`);

/** A row of maxima and imax, so long that to compare it takes some time. */
function row(seed: number, length: number): Level {
  const parameter = (at: number): Level => param(names[(seed + at * at) % names.length] ?? '');
  let level = parameter(0);
  for (let i = 1; i < length; i++) level = imax(max(level, succ(parameter(i))), parameter(7 * i));
  return level;
}

describe('questions about levels', () => {
  it.each([
    ['strict', strict, 120],
    ['a release', faithful('4.35.0'), 150],
  ] as const)('take the steps of the declaration that asks them: %s', (_, mode, length) => {
    let value: Expr = Prop;
    for (let i = 0; i < 3; i++) {
      const [a, b] = [row(i, length), row(50 + i, length)];
      value = letIn('x', sort(succ(max(a, b))), sort(max(b, a)), value);
    }
    const declaration = def('d', sort(one), value, { levelParams: names });
    expect(new Kernel(mode, { steps: 200 }).add(declaration)).toEqual({
      kind: 'noAnswer',
      why: 'out of fuel',
    });
    expect(new Kernel(mode).add(declaration).kind).not.toBe('noAnswer');
  });

  it('are few where one large level is asked about again and again', () => {
    let level: Level = zero;
    for (let i = 0; i < 20_000; i++) level = max(succ(level), param('u0'));
    let type: Expr = Prop;
    for (let i = 0; i < 60; i++) type = pi('x', sort(level), type);
    const declaration = axiom('a', type, { levelParams: names });
    expect(new Kernel(strict, { steps: 100_000 }).add(declaration)).toEqual({
      kind: 'noAnswer',
      why: 'out of fuel',
    });
    expect(new Kernel(strict).add(declaration)).toEqual({ kind: 'accepts' });
  });
});

it('a type at levels at which it is known takes what it took at first', () => {
  const [typing, levels] = [new Typing(commonEnvironment), [succ(param('u'))]];
  const eq = typing.constant('Eq');
  const nodesOf = (at: readonly Level[]): number => {
    const { nodes } = effort;
    typing.typeOf(eq, at);
    return effort.nodes - nodes;
  };
  const first = nodesOf(levels);
  expect(first).toBeGreaterThan(0);
  expect([nodesOf(levels), nodesOf([...levels])]).toEqual([first, first]);
});

it('a type that takes no steps can be had where none are left, known or not', () => {
  const [spent, levels] = [new Typing(commonEnvironment, null, -1), [param('u')]];
  const eq = spent.constant('Eq');
  expect(spent.typeOf(eq, levels)).toBe(spent.typeOf(eq, levels));
});
