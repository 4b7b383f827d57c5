import type { Job } from '../../api/execution.js';
import type { OnStep } from './on-step.js';
import type { ResultSink } from './job-execution.js';
import type { Executor } from './executor.js';
import { warmUpKernel } from './warm-up-kernel.js';

/**
 * Runs a broad round of sources and declarations before the first fork: functions are compiled when they are first
 * called, and what the zygote has compiled its children need not. One round takes a few seconds. `more` is run behind it.
 */
export function warmUp(
  executor: Executor,
  onStep: OnStep = () => undefined,
  more: readonly Job[] = [],
): void {
  let steps = 0;
  const sink: ResultSink = {
    begin: () => onStep(`step ${++steps}`),
    step: () => undefined,
    claim: () => undefined,
    shapes: () => undefined,
    declared: () => undefined,
    made: () => undefined,
  };
  for (const text of sources) {
    executor.source.run(
      {
        level: 'source',
        steps: [{ kind: 'text', text }],
        claims: tactics.map((tactic) => ({
          name: tactic,
          constant: 'claim',
          step: { kind: 'text', text: `theorem claim : False := by ${tactic}` },
        })),
        describe: ['T', 'Tree'],
        look: true,
      },
      sink,
    );
  }
  warmUpKernel(executor, sink);
  for (const job of more) executor.kernel.run(job, sink);
}

const tactics = ['trivial', 'simp_all', 'native_decide', 'omega', 'decide', 'assumption'];

const sources = [
  'inductive T (n : Nat) : Nat → Type | a : T n 0 | b : T n 1 → T n 2',
  'structure P (α : Type u) (β : Type v) where\n  x : α\n  y : β\ndef p := P.mk 1 true',
  'def f : Nat → Nat | 0 => 1 | n + 1 => f n + n\ntheorem t : f 3 = 4 := by decide',
  'mutual\ninductive Ev : Nat → Prop | z : Ev 0 | s : Od n → Ev (n + 1)\ninductive Od : Nat → Prop | s : Ev n → Od (n + 1)\nend',
  'class C (α : Type u) where\n  op : α → α\ninstance : C Nat := ⟨fun x => x + 1⟩\ninstance [C α] : C (List α) := ⟨List.map C.op⟩',
  'inductive Tree (α : Type u) | node : List (Tree α) → α → Tree α',
  'theorem t (p q : Prop) (h : p ∧ q) : q ∧ p := by simp_all\ntheorem u (a b : Nat) : a + b = b + a := by omega',
  'abbrev A := Nat → Nat\nopaque o : A\ndef g {α : Sort u} (x : α) := x',
];
