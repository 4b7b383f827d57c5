import { describe, expect, it } from 'vitest';
import { breakOne } from '../../../../src/generate/kernel/breaker.js';
import { baseContext } from '../../../../src/generate/kernel/context.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, pi, type Expr } from '../../../../src/ir/expr.js';
import { childrenOf } from '../../../../src/ir/expr-ops.js';
import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { Random } from '../../../../src/util/random.js';

const context = baseContext(commonEnvironment);
const Nat = constant('Nat');

function brokenBy(operator: string, declaration: Declaration, seeds = 4000): Declaration[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const broken = breakOne(Random.of(7, seed), context, declaration, 'b.');
    return broken?.operator === operator ? [broken.declaration] : [];
  }).flat();
}

function freeVariablesOf(expr: Expr): string[] {
  return expr.kind === 'fvar' ? [expr.name] : childrenOf(expr).flatMap(freeVariablesOf);
}

describe('the breaker', () => {
  const double = {
    ...{ name: 'double', levelParams: [], type: pi('n', Nat, Nat) },
    value: lambda('n', Nat, app(constant('Nat.add'), bvar(0), bvar(0))),
  };
  const opaque: Declaration = { kind: 'opaque', ...double, unsafe: false };

  it('names a free variable as the kernel most likely names the variable in its place', () => {
    const names = brokenBy('free variable', opaque).flatMap((broken) =>
      broken.kind === 'opaque' ? freeVariablesOf(broken.value) : [],
    );
    const times = (name: string): number => names.filter((one) => one === name).length;
    // The one binder of the type is opened before that of the value.
    expect(times('_kernel_fresh.1')).toBeGreaterThan(names.length / 4);
    for (const other of ['_kernel_fresh.0', '_kernel_fresh.3', 'x'])
      expect(times(other)).toBeLessThan(times('_kernel_fresh.1'));
  });

  it('breaks the terms of a declaration in declarations of all kinds that have a value', () => {
    const kinds = new Set(brokenBy('free variable', opaque).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['definition', 'mutual', 'opaque']);
    const theorem: Declaration = { kind: 'theorem', ...double };
    expect(new Set(brokenBy('free variable', theorem).map(({ kind }) => kind))).toEqual(
      new Set(['theorem', 'definition', 'mutual', 'opaque']),
    );
  });

  it('leaves types as they are, and what is broken as a whole', () => {
    const whole = brokenBy('declared value', opaque);
    expect(whole.length).toBeGreaterThan(0);
    for (const broken of whole) expect(broken).toMatchObject({ kind: 'opaque', type: double.type });
  });
});
