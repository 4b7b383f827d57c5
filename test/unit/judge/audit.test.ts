import { describe, expect, it } from 'vitest';
import type { Evidence, ReachedConstant } from '../../../src/api/execution.js';
import { audit } from '../../../src/judge/audit.js';
import { proved, refused } from '../../support/fakes.js';

function reached(parts: Partial<ReachedConstant>): ReachedConstant[] {
  return [
    { name: 'soundness_check', kind: 'theorem', unsafe: false, partial: false },
    { name: 'x', kind: 'definition', unsafe: false, partial: false, ...parts },
  ];
}

describe('audit believes', () => {
  it('a theorem that states False and rests on nothing', () => {
    expect(audit(proved())).toEqual({ kind: 'accepts', axioms: [] });
  });

  it("one that rests on the axioms of Lean's logic, and names them", () => {
    const importedAxioms = ['propext', 'Quot.sound', 'Classical.choice'];
    expect(audit(proved({ importedAxioms }))).toEqual({ kind: 'accepts', axioms: importedAxioms });
  });

  it('one that rests on safe constants of every kind but axioms', () => {
    const kinds = [
      'definition',
      'theorem',
      'opaque',
      'inductive',
      'constructor',
      'recursor',
      'quotient',
    ] as const;
    for (const kind of kinds)
      expect(audit(proved({ reached: reached({ kind }) })).kind, kind).toBe('accepts');
  });
});

describe('audit declines', () => {
  it.each<[string, Partial<Evidence>, string]>([
    ['a constant that is not there', { kind: 'missing' }, 'no constant named soundness_check'],
    ['a definition', { kind: 'definition' }, 'no theorem but a kernel definition'],
    ['an axiom of its name', { kind: 'axiom' }, 'no theorem but a kernel axiom'],
    ['a theorem with level parameters', { levelParams: 1 }, 'has level parameters'],
    ['a theorem of another type', { statesFalse: false }, 'is not the constant False'],
    ['sorry', { importedAxioms: ['propext', 'sorryAx'] }, 'rests on the axiom sorryAx'],
    ['native_decide', { importedAxioms: ['Lean.ofReduceBool'] }, 'rests on the axiom Lean.ofReduceBool'],
    ['an axiom of its own', { reached: reached({ kind: 'axiom' }) }, 'rests on the axiom x'],
    ['an unsafe constant of its own', { reached: reached({ unsafe: true }) }, 'the unsafe constant x'],
    ['an unsafe imported constant', { importedUnsafe: ['unsafeCast'] }, 'the unsafe constant unsafeCast'],
    ['a partial constant', { reached: reached({ partial: true }) }, 'the partial constant x'],
    [
      'a term that no honest elaboration builds',
      { oddities: ['negative literal -1'] },
      'a term with a negative literal',
    ],
  ])('%s', (_, parts, reason) => {
    const result = audit(proved(parts));
    expect(result).toMatchObject({ kind: 'refuses' });
    expect(result).toHaveProperty('why', expect.stringContaining(reason));
  });

  it('what Lean refused, with the first line of its message', () => {
    expect(audit(refused('type mismatch\n  a\n  b'))).toEqual({
      kind: 'refuses',
      why: 'refused: type mismatch',
    });
  });

  it('what Lean refused even where perfect evidence comes with it', () => {
    const result = { ...proved(), outcome: { kind: 'refused', message: 'no', error: '' } } as const;
    expect(audit(result)).toEqual({ kind: 'refuses', why: 'refused: no' });
  });
});

describe('audit has no answer', () => {
  it('to a step without evidence', () => {
    expect(audit({ outcome: { kind: 'accepted' }, micros: 1, heartbeats: 1 })).toMatchObject({
      kind: 'noAnswer',
    });
  });

  it.each([
    ['(kernel) deep recursion detected', ''],
    ['(kernel) deterministicTimeout', 'kernel.deterministicTimeout'],
    ['(deterministic) timeout at `whnf`, maximum number of heartbeats (200) has been reached', ''],
    ['Tactic `simp` failed with a nested error:\nmaximum recursion depth has been reached', ''],
    ['out of depth', 'runtime.maxRecDepth'],
  ])('where a limit was met: %s', (message, error) => {
    expect(audit({ ...proved(), outcome: { kind: 'refused', message, error } }).kind).toBe('noAnswer');
  });

  it.each(['not asked', 'malformed'] as const)('where nothing was asked: %s', (kind) => {
    expect(audit({ ...proved(), outcome: { kind, message: 'import Lean' } }).kind).toBe('noAnswer');
  });
});
