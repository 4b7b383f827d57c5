import { describe, expect, it } from 'vitest';
import { cuts, weigh, withUnits, type Subject } from '../../../../src/campaign/shrink/subject.js';
import { textPasses } from '../../../../src/campaign/shrink/text-passes.js';
import { candidate, claim, unit } from '../../../support/fakes.js';
import { textOf } from '../../../support/candidates.js';

const subject = (...texts: string[]): Subject => ({
  candidate: candidate({ units: texts.map((text) => unit({ text })) }),
  claim,
});

/** All that the edits of one pass make of a subject, as texts. */
function editsOf(name: string, of: Subject): string[][] {
  const pass = textPasses.find((one) => one.name === name);
  return [...(pass?.edits(of, 0) ?? [])].map((edit) => edit()?.candidate.units.map(textOf) ?? []);
}

describe('cuts', () => {
  it('leave out everything, halves, and each element', () => {
    const kept = [...cuts([1, 2, 3, 4])].map((cut) => cut());
    expect(kept).toEqual([[], [1, 2], [3, 4], [1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]]);
    expect([...cuts([])]).toEqual([]);
  });

  it('reach every element of a list of odd length', () => {
    const kept = [...cuts([1, 2, 3])].map((cut) => cut().join());
    for (const one of ['1,2', '1,3', '2,3']) expect(kept).toContain(one);
  });
});

describe('weigh', () => {
  it('falls with each unit and with each character', () => {
    const whole = subject('def f := 1', 'def g := 2');
    expect(weigh(withUnits(whole, whole.candidate.units.slice(1)))).toBeLessThan(weigh(whole) - 10);
    expect(weigh(subject('def f := 1', 'def g :='))).toBe(weigh(whole) - 2);
  });
});

describe('the passes over texts', () => {
  it('drop words with the space behind them', () => {
    expect(editsOf('drop tokens', subject('def f := 1'))).toContainEqual(['def := 1']);
  });

  it('take out and unwrap what is in brackets', () => {
    const edits = editsOf('unwrap brackets', subject('f (g [1]) x'));
    expect(edits).toEqual(expect.arrayContaining([['f  x'], ['f g [1] x'], ['f (g ) x'], ['f (g 1) x']]));
  });

  it('rename generated names in all texts at once, fields of them too', () => {
    expect(editsOf('simplify names', subject('inductive T1_0 | c_3', 'def x := T1_0.c_3'))[0]).toEqual([
      'inductive A | B',
      'def x := A.B',
    ]);
  });
});
