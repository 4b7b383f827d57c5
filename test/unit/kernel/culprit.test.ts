import { describe, expect, it } from 'vitest';
import { readableProof } from '../../../src/campaign/offline/selftest/kernel-cases.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import { app, bvar, constant, fvar, lambda, nat, pi, proj, sort, type Expr } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
import { listing } from '../../../src/ir/print.js';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { culpritIn } from '../../../src/kernel/culprit.js';
import { declarationsOf } from '../../../src/store/declarations-of.js';
import { finding } from '../../support/fakes.js';

const [Nat, False] = [constant('Nat'), constant('False')];
const opaque = (name: string, type: Expr, value: Expr) =>
  ({ kind: 'opaque', name, levelParams: [], type, value, unsafe: false }) as const;

/** A listing with what the theory refuses marked. */
function marked(...declarations: readonly Declaration[]): string[] {
  return listing(declarations, culpritIn(baseEnvironment, declarations)).trim().split('\n');
}

describe('culpritIn', () => {
  it('says nothing of what the theory accepts', () => {
    expect(culpritIn(baseEnvironment, [opaque('a', Nat, nat(1n))])).toBeUndefined();
  });

  it('finds a free variable, below binders and applications', () => {
    const value = app(lambda('x', False, bvar(0)), fvar('_kernel_fresh.0'));
    const lines = marked(opaque('fine', Nat, nat(1n)), opaque('bad', False, value));
    expect(lines).toEqual([
      ...['opaque fine : Nat :=', '  1', '', '-- breaks a rule of the theory: a free variable'],
      ...['opaque bad : False :=', '  (fun (x : False) => x) ⟪$_kernel_fresh.0⟫', ''],
      '-- marks: $x is a free variable x; ⟪t⟫ is the part t that breaks the rule',
    ]);
  });

  it('finds an application to what does not fit, within others', () => {
    const bad = app(app(constant('Nat.add'), sort(zero)), nat(1n));
    const value = lambda('x', Nat, app(constant('Nat.succ'), bad));
    const lines = marked(opaque('bad', pi('x', Nat, Nat), value));
    expect(lines[2]).toBe('  fun (x : Nat) => Nat.succ (⟪Nat.add Prop⟫ 1)');
  });

  it('marks the whole where that has a type, but not the right one', () => {
    expect(marked(opaque('bad', False, nat(1n)))[2]).toBe('  ⟪1⟫');
    const theorem = { kind: 'theorem', name: 't', levelParams: [], type: Nat, value: nat(1n) } as const;
    expect(marked(theorem)[1]).toBe('theorem t : ⟪Nat⟫ :=');
  });

  it('marks the constructor that a rule of inductive types is broken by', () => {
    const type = {
      name: 'T',
      type: sort(one),
      constructors: [{ name: 'T.mk', type: pi('f', pi('x', constant('T'), False), constant('T')) }],
    };
    const lines = marked({ kind: 'inductive', levelParams: [], parameters: 0, unsafe: false, types: [type] });
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^-- breaks a rule of the theory: T\.mk: /),
      'inductive T : Type -- parameters: 0',
      '  | T.mk : ⟪(T → False) → T⟫',
    ]);
  });

  it('finds the projection by which data is read out of a proof', () => {
    const { candidate, claim } = readableProof.inMutualBlock;
    const lines = marked(...declarationsOf(finding({ candidate, claim })));
    expect(lines.join('\n')).toMatch(/breaks a rule of the theory: [^]*⟪\(proj \w+ 0 \w+\)⟫/);
  });

  it('finds what mentions a structure that there is not', () => {
    const value = proj('Nowhere', 0, nat(1n));
    expect(marked(opaque('bad', Nat, value))[2]).toContain('⟪');
  });
});
