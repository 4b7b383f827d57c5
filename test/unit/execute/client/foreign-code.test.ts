import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/api/execution.js';
import { runsForeignCode } from '../../../../src/execute/client/foreign-code.js';

const job = (text: string): Job => ({ level: 'source', steps: [{ kind: 'text', text }], claims: [] });

const claimed = (claim: string): Job['claims'] => [
  { name: 'c', constant: 'c', step: { kind: 'text', text: claim } },
];

describe('code that may change its executor', () => {
  it.each([
    '#eval IO.println "x"',
    'initialize r : IO.Ref Nat <- IO.mkRef 0',
    '@[init g] opaque f : Nat',
    '@[macro Lean.Parser.Term.app] def m : Lean.Macro := fun s => pure s',
    'run_cmd pure ()',
  ])('%s', (text) => {
    expect(runsForeignCode(job(text))).toBe(true);
    const claims = claimed(text);
    expect(runsForeignCode({ level: 'source', steps: [], claims })).toBe(true);
  });

  it.each([
    '@[extern "lean_nat_add"] def f (a b : Nat) : Nat := a',
    '@[noinline, implemented_by g] def f : Nat := 0',
    'attribute [local implemented_by g] f',
    'attribute\n  [csimp] f_eq',
    'unsafe def f : Nat := unsafeCast 1',
  ])('%s, where something runs it', (text) => {
    expect(runsForeignCode(job(text))).toBe(false);
    expect(runsForeignCode(job(`${text}\n#eval f 1 2`))).toBe(true);
    expect(runsForeignCode({ ...job(text), claims: claimed('theorem c : False := by trivial') })).toBe(false);
    for (const runner of ['native_decide', 'decide +native', 'run_tac g'])
      expect(runsForeignCode({ ...job(text), claims: claimed(`theorem c : False := by ${runner}`) })).toBe(
        true,
      );
    for (const runner of [
      'macro "m" : term => `(f)',
      'elab "e" : tactic => g',
      'simproc s (f) := g',
      '@[app_unexpander f] def u := g',
    ])
      expect(runsForeignCode(job(`${text}\n${runner}`))).toBe(true);
  });

  it.each([
    'theorem t : True := True.intro',
    '@[reducible] def f : Nat := 0',
    'attribute [simp] f\ntheorem t : f = 0 := by native_decide',
    '@[simp] theorem initial (unsafety : True) : True := unsafety',
    'def eval : Nat := 0\n#check eval',
  ])('is not in %s', (text) => expect(runsForeignCode(job(text))).toBe(false));
});
