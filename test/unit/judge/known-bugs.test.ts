import { describe, expect, it } from 'vitest';
import type { Signature } from '../../../src/api/signature.js';
import { causeIn } from '../../../src/judge/cause.js';
import { bugBehind, bugsOf, describeBug, knownBugs, type KnownBug } from '../../../src/judge/known-bugs.js';
import { knownOf } from '../../../src/judge/known.js';
import { environmentOn } from '../../../src/kernel/base-environment.js';
import { signature } from '../../support/fakes.js';
import { declarationsOfBug } from '../../support/known-bugs.js';

const freeVariable: Signature = {
  class: 'soundness',
  rule: { kind: 'accepts', breaks: 'a free variable' },
  place: { kind: 'declaration', shape: 'opaque' },
};
const withCase: readonly [string, KnownBug][] = knownBugs().flatMap((bug) =>
  bug.words === undefined ? [] : [[describeBug(bug), bug]],
);

describe('the table of known bugs', () => {
  it('has smallest cases that were tried on both ends', () => {
    expect(withCase.length).toBeGreaterThan(4);
    for (const [, { accepted, refused }] of withCase)
      expect(accepted.length + refused.length).toBeGreaterThan(0);
  });

  it('says which bugs that prove False a release has, and which it has no more', () => {
    const old = bugsOf('4.28.0');
    expect(old.mended).toEqual([]);
    expect(old.has).toContain('leanprover/lean4#14484');
    const { has, mended } = bugsOf('4.35.0');
    expect(mended).toContain('leanprover/lean4#14484');
    expect([...has, ...mended].sort()).toEqual([...old.has].sort());
  });

  it.each(withCase)('has a case in which the theory refuses what the bug lets pass: %s', (_, bug) => {
    const cause = causeIn(environmentOn('native'), declarationsOfBug(bug));
    expect(cause && bugBehind(cause, '4.28.0')).toBe(bug);
  });

  it('says what is known of a signature, on the releases that have the bug', () => {
    const bug = bugBehind(freeVariable, '4.28.0');
    expect(bug && describeBug(bug)).toMatch(/^leanprover\/lean4#14484, fixed in 4\.32\.1: /);
    expect(bugBehind(freeVariable, '4.32.0')).toBe(bug);
    for (const version of ['4.32.1', '4.35.0', '4.36.0-rc1'])
      expect(bugBehind(freeVariable, version)).toBeUndefined();
    expect(bugBehind(freeVariable, 'unknown')).toBe(bug);
  });

  it('knows what answers otherwise in other words', () => {
    const turned: Signature = {
      class: 'instability',
      rule: {
        kind: 'answers otherwise',
        when: 'block order',
        says: '(kernel) universe level of type_of(arg #1) is too big for the corresponding inductive datatype',
      },
      place: { kind: 'declaration', shape: 'mutual inductive' },
    };
    expect(bugBehind(turned, '4.28.0')?.issue).toBe('leanprover/lean4#14615');
    expect(bugBehind(turned, '4.35.0')).toBeUndefined();
  });

  it('takes another shape, another rule and another class for news', () => {
    const inTheorem = { ...freeVariable, place: { kind: 'declaration', shape: 'theorem' } } as const;
    expect(bugBehind(inTheorem, '4.28.0')).toBeUndefined();
    expect(bugBehind(signature({ rule: { kind: 'refuses', says: 'x' } }), '4.28.0')).toBeUndefined();
  });

  it('takes a proof of False for news where nobody knows a way to one', () => {
    const loose: Signature = {
      class: 'soundness',
      rule: { kind: 'accepts', breaks: 'a loose bound variable' },
      place: { kind: 'declaration', shape: 'inductive' },
    };
    expect(bugBehind(loose, '4.35.0')).toBeDefined();
    expect(bugBehind({ ...loose, proof: 'confirmed' }, '4.35.0')).toBeUndefined();
    expect(bugBehind({ ...freeVariable, proof: 'confirmed' }, '4.28.0')).toBeDefined();
  });

  it('stands before the patterns of the user, which match the printed form', () => {
    const patterns = [{ kind: 'lead', signature: 'accepted *', about: 'mine' }] as const;
    expect(knownOf(patterns, 'lead', freeVariable, '4.28.0')).toContain('#14484');
    expect(knownOf(patterns, 'lead', freeVariable, '4.35.0')).toBe('mine');
    expect(knownOf(patterns, 'solution', freeVariable, '4.35.0')).toBeUndefined();
  });
});
