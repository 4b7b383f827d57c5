import { describe, expect, it } from 'vitest';
import { twoRoadsProbes } from '../../../src/judge/probes/two-roads.js';
import { unit } from '../../support/fakes.js';

const textsOf = (...texts: string[]): string[] =>
  twoRoadsProbes(texts.map((text) => unit({ text }))).map(({ step }) => ('text' in step ? step.text : ''));

describe('twoRoadsProbes', () => {
  it('asks both ways about a number, bit by bit', () => {
    const [text = ''] = textsOf('def f0_1 : Nat := 2 ^ 64');
    expect(text.match(/exact absurd/g)).toHaveLength(4);
    expect(text).toContain('((f0_1 % 2 == 1) : Bool) = true');
  });

  it('applies functions to plain values', () => {
    const [text = ''] = textsOf('def g : Nat → Bool → Bool := fun n b => b');
    expect(text).toContain('(((g 11 true)) : Bool) = true');
  });

  it.each([
    'theorem t : True := trivial',
    'def f : List Nat := []',
    'def f : (Nat → Nat) → Nat := fun g => g 1',
    '@[implemented_by g] def f : Nat := 1',
    'def f : Nat := sorry',
  ])('leaves "%s" alone', (text) => {
    expect(textsOf(text)).toEqual([]);
  });

  it('leaves all of a candidate alone in which compiled code may be something else', () => {
    expect(textsOf('@[csimp] theorem x : @f = @g := rfl', 'def h : Nat := 1')).toEqual([]);
  });

  it('looks at the last ones where there are many', () => {
    expect(textsOf('def a : Nat := 1', 'def b : Nat := 1', 'def c : Nat := 1')).toHaveLength(2);
  });
});
