import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import { askAgain } from '../../src/judge/ask/differential.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { judge } from '../../src/judge/judge.js';
import { twoRoadsProbes } from '../../src/judge/probes/two-roads.js';
import { candidate, unit } from '../support/fakes.js';
import { sharedLean } from '../support/shared-lean.js';

const lean = sharedLean();

const lines = (...texts: readonly (readonly [text: string, ...declares: string[]])[]) =>
  candidate({ units: texts.map(([text, ...declares]) => unit({ text, declares })) });

describe('two roads to one value', () => {
  it('are one for honest definitions, and a lead where compiled code is something else', async () => {
    const honest = lines(
      ['def f (n : Nat) : Nat := match n with | 0 => 1 | n + 1 => 2 * f n', 'f'],
      ['def g : Nat → Nat := fun n => f n % 1000', 'g'],
      ['def b : Bool := 2 ^ 70 % 7 == 2', 'b'],
    );
    const lying = lines(
      ['def other : Nat := 2', 'other'],
      ['attribute [implemented_by other] Nat.zero', 'zero'],
      ['set_option linter.all false in\n@[implemented_by other] def lie : Nat := 1', 'lie'],
    );
    // The probe itself declines to look at such a text, so it is asked about the definition alone.
    const probes = twoRoadsProbes([unit({ text: 'def lie : Nat := 1', declares: ['lie'] })]);
    const claims = twoRoadsProbes(honest.units);
    expect(claims).toHaveLength(2);
    const [calm, odd] = await lean().run([jobFor(honest, claims), jobFor(lying, probes)]);
    expect(calm?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(calm?.claims.filter(({ outcome }) => outcome.kind === 'accepted')).toEqual([]);
    expect(calm && judge(commonEnvironment, honest, claims, calm, 0).kind).toBe('dull');
    const verdict = odd && judge(commonEnvironment, lying, probes, odd, 0);
    expect(verdict).toMatchObject({ kind: 'lead', claim: 'two roads def' });
    expect(verdict?.reasons[0]).toContain('rests on the axiom Lean.ofReduceBool');
  }, 60_000);
});

describe('the kernel alone', () => {
  it('agrees about honest texts, and refuses what got past it by an option', async () => {
    const honest = lines(
      ['inductive Tree | leaf | node (children : List Tree)', 'Tree'],
      ['structure Pair where\n  left : Nat := 3\n  right : Tree', 'Pair'],
      ['def bad : Nat := "no number"', 'bad'],
      ['def halve (n : Nat) : Nat := if n < 2 then n else halve (n / 2)\ntermination_by n', 'halve'],
      ['theorem t : Pair.left { right := .leaf } = 3 := rfl', 't'],
      ['theorem compiled : and false true = false := by native_decide', 'compiled'],
    );
    const smuggled = lines([
      'set_option debug.skipKernelTC true in\ntheorem wrong : (2 : Nat) = 3 := by\n  decide +kernel',
      'wrong',
    ]);
    const [first, second] = await lean().run([jobFor(honest, []), jobFor(smuggled, [])]);
    expect(first?.steps.map(({ outcome }) => outcome.kind === 'accepted')).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(first && (await askAgain(lean(), honest, first, 'all'))).toEqual({ kind: 'accepts' });
    expect(second?.steps.map(({ outcome }) => outcome.kind)).toEqual(['accepted']);
    const odd = second && (await askAgain(lean(), smuggled, second, 'all'));
    expect(odd).toMatchObject({
      kind: 'refuses',
      signature: {
        class: 'instability',
        rule: {
          kind: 'answers otherwise',
          when: 'kernel alone',
          says: expect.stringMatching(/^\(kernel\)/) as string,
        },
        place: { kind: 'unit', of: 'def' },
      },
    });
  }, 60_000);
});
