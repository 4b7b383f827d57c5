import { describe, expect, it } from 'vitest';
import { breakOne } from '../../../../src/generate/kernel/breaker.js';
import { baseContext, extendContext } from '../../../../src/generate/kernel/context.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, pi, proj, sort, type Expr } from '../../../../src/ir/expr.js';
import { childrenOf } from '../../../../src/ir/expr-ops.js';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import { one, zero } from '../../../../src/ir/level.js';
import { mentionedNames } from '../../../../src/ir/mentioned.js';
import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { Random } from '../../../../src/util/random.js';

const context = baseContext(commonEnvironment);
const Nat = constant('Nat');

function brokenBy(operator: string, declaration: Declaration, seeds = 4000, behind = context): Declaration[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const broken = breakOne(Random.of(7, seed), behind, declaration, 'b.');
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

  it('breaks the terms of a declaration in declarations of all other kinds', () => {
    const kinds = new Set(brokenBy('free variable', opaque).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['axiom', 'definition', 'mutual', 'opaque']);
    const theorem: Declaration = { kind: 'theorem', ...double };
    expect(new Set(brokenBy('free variable', theorem).map(({ kind }) => kind))).toEqual(
      new Set(['theorem', 'definition', 'mutual', 'opaque', 'axiom']),
    );
  });

  it('puts what is broken beside a nested type, in a container of the candidate', () => {
    const Two = inductiveType(
      'Two',
      [],
      [
        ['α', () => sort(one)],
        ['n', () => Nat],
      ],
      () => sort(one),
      (self) => ({ no: self }),
    );
    const E = inductiveType(
      'E',
      [],
      [],
      () => sort(one),
      (self) => ({ mk: arrows(Nat, self) }),
    );
    const kinds = new Set<string>();
    const broken = brokenBy('argument beside a nested type', E, 4000, extendContext(context, Two));
    for (const { types } of broken.filter((one) => one.kind === 'inductive')) {
      const type = types[0]?.constructors[0]?.type;
      if (type?.kind !== 'pi' || type.type.kind !== 'app') expect.fail('another field in front');
      expect(type.type.fn).toEqual(app(constant('Two'), constant('b.E')));
      kinds.add(type.type.arg.kind);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['fvar', 'mvar', 'const']));
  });

  it('puts the index of a projection where integers of some width end', () => {
    const read: Declaration = {
      ...{ kind: 'opaque', name: 'read', levelParams: [], unsafe: false },
      ...{ type: Nat, value: proj('Prod', 1, constant('p')) },
    };
    const indices = brokenBy('projection index', read).flatMap((broken) =>
      broken.kind === 'opaque' && broken.value.kind === 'proj' ? [broken.value.index] : [],
    );
    expect(indices).toEqual(expect.arrayContaining([2 ** 31 + 1, 2 ** 32, 2 ** 32 + 1]));
  });

  it('makes unlike what has to agree in a block of definitions: names, and lists of level parameters', () => {
    const first = {
      kind: 'definition',
      ...double,
      levelParams: ['u', 'v'],
      hint: 1,
      safety: 'partial',
    } as const;
    const block: Declaration = { kind: 'mutual', definitions: [first, { ...first, name: 'twice' }] };
    const definitionsIn = (
      broken: Declaration,
    ): readonly { name: string; levelParams: readonly string[] }[] =>
      broken.kind === 'mutual' ? broken.definitions : [];
    const names = brokenBy('own name twice', block).map((b) => definitionsIn(b).map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
    for (const [first, second] of names) expect(first).toBe(second);
    const lists = brokenBy('unlike level parameters', block).map((b) =>
      definitionsIn(b).map(({ levelParams }) => levelParams.join(' ')),
    );
    expect(new Set(lists.flat())).toEqual(new Set(['u v', 'v u', 'u v w', 'w u v', 'u']));
    for (const [first, second] of lists) expect(first).not.toBe(second);
    const safeties = brokenBy('unlike safety', block).map((b) =>
      b.kind === 'mutual' ? b.definitions.map(({ safety }) => safety) : [],
    );
    expect(safeties.length).toBeGreaterThan(0);
    for (const [first, second] of safeties) expect(first).not.toBe(second);
  });

  it('gives types of a block names that the kernel gives to what it makes itself', () => {
    const tree = inductiveType(
      'Tree',
      [],
      [],
      () => sort(one),
      (self) => ({
        node: arrows(app(constant('List', [zero]), self), self),
      }),
    );
    const broken = brokenBy('name of the kernel', tree);
    expect(broken.length).toBeGreaterThan(0);
    const names = new Set(broken.flatMap((declaration) => [...mentionedNames(declaration)]));
    expect(names).toContain('_nested.List_1');
  });

  it('leaves types as they are, and what is broken as a whole', () => {
    const whole = brokenBy('declared value', opaque);
    expect(whole.length).toBeGreaterThan(0);
    for (const broken of whole) expect(broken).toMatchObject({ kind: 'opaque', type: double.type });
  });
});
