import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/api/execution.js';
import { runsForeignCode } from '../../../../src/execute/client/foreign-code.js';

const job = (text: string): Job => ({ level: 'source', steps: [{ kind: 'text', text }], claims: [] });

describe('code that may change its executor', () => {
  it.each([
    '#eval IO.println "x"',
    '@[extern "lean_nat_add"] def f (a b : Nat) : Nat := a',
    '@[noinline, implemented_by g] def f : Nat := 0',
    'attribute [local implemented_by g] f',
    'attribute\n  [csimp] f_eq',
    'initialize r : IO.Ref Nat <- IO.mkRef 0',
    '@[init g] opaque f : Nat',
    'unsafe def f : Nat := unsafeCast 1',
    '@[macro Lean.Parser.Term.app] def m : Lean.Macro := fun s => pure s',
    'run_cmd pure ()',
  ])('%s', (text) => {
    expect(runsForeignCode(job(text))).toBe(true);
    const claims = [{ name: 'c', constant: 'c', step: { kind: 'text', text } as const }];
    expect(runsForeignCode({ level: 'source', steps: [], claims })).toBe(true);
  });

  it.each([
    'theorem t : True := True.intro',
    '@[reducible] def f : Nat := 0',
    '@[simp] theorem initial (unsafety : True) : True := unsafety',
    'def eval : Nat := 0\n#check eval',
  ])('is not in %s', (text) => expect(runsForeignCode(job(text))).toBe(false));
});
