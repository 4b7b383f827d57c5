/** Asks several Leans about the same declarations. */
import { describeLean, type Lean } from '../../api/lean.js';
import type { Answer } from '../../api/answer.js';
import type { Execution } from '../../api/execution.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import type { Declaration } from '../../ir/declaration.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { answersOf } from '../../judge/differential/between-leans.js';
import { questionJob } from '../../judge/ask/job.js';
import { shapeOf } from '../../judge/signature.js';
import type { WorkLimits } from './limits-of-finding.js';
import { withLean } from './with-lean.js';

/** The answers of one Lean to every declaration. */
export interface LeanAnswers {
  readonly lean: Lean;
  readonly answers: readonly Answer[];
  readonly execution: Execution | undefined;
}

/** One Lean after the other: each needs its memory. */
export async function askLeans(
  leans: readonly Lean[],
  declarations: readonly Declaration[],
  jobMillis: number,
  /** Limits of each of them, where the declarations are a finding's. */
  limitsFor: (lean: Lean) => Partial<WorkLimits> = () => ({}),
): Promise<LeanAnswers[]> {
  const units = declarations.map((declaration) => KernelUnit.of(declaration));
  const job = questionJob(units);
  const all: LeanAnswers[] = [];
  for (const lean of leans) {
    const overrides = {
      ...limitsFor(lean),
      ...(await zygoteOf(lean, { level: 'kernel', mutant: null })),
    };
    const [execution] = await withLean(overrides, { jobMillis }, (executor) => executor.run([job]));
    all.push({ lean, answers: answersOf(units, execution), execution });
  }
  return all;
}

/** How many declarations of each kind each Lean accepts, refuses, and does not answer to. */
export function tableOf(
  declarations: readonly Declaration[],
  leans: readonly LeanAnswers[],
): { readonly shape: string; readonly lean: string; readonly counts: Record<Answer['kind'], number> }[] {
  const shapes = [...new Set(declarations.map(shapeOf))].sort();
  return shapes.flatMap((shape) =>
    leans.map(({ lean, answers }) => {
      const counts = { accepts: 0, refuses: 0, noAnswer: 0 };
      declarations.forEach((declaration, index) => {
        if (shapeOf(declaration) === shape) counts[answers[index]?.kind ?? 'noAnswer']++;
      });
      return { shape, lean: describeLean(lean), counts };
    }),
  );
}
