/** Asks several Leans about the same declarations, and says where they differ and what explains it. */
import { describeLean, type Lean } from '../../api/lean.js';
import type { Answer } from '../../api/answer.js';
import type { Execution, Job } from '../../api/execution.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import type { Declaration } from '../../ir/declaration.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { changedVerdicts } from '../../judge/differential/compare.js';
import { knownChange } from '../../judge/differential/known-changes.js';
import { readMade, unlikeMade } from '../../judge/differential/made.js';
import { jobFor } from '../../judge/ask/job.js';
import { answerTo, unfinished } from '../../judge/no-answer.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { shapeOf } from '../../judge/signature.js';
import { assume } from '../../kernel/assume.js';
import { checkDeclaration, type Opinion } from '../../kernel/check.js';
import { strict } from '../../kernel/mode.js';
import { withLean } from './with-lean.js';

/** What one Lean says of every declaration. */
export interface LeanAnswers {
  readonly lean: Lean;
  readonly answers: readonly Answer[];
  readonly execution: Execution | undefined;
}

/** Where two Leans differ. */
export interface LeanDifference {
  /** Index into the declarations; null for what inductive declarations have made. */
  readonly unit: number | null;
  readonly name: string;
  /** What kind of declaration it is. */
  readonly shape: string;
  readonly one: string;
  readonly other: string;
  /** What explains it: what our own kernel says in theory, and the change of the kernel that it comes from. */
  readonly explained: readonly string[];
}

/** One Lean after the other: each needs its memory. */
export async function askLeans(
  leans: readonly Lean[],
  declarations: readonly Declaration[],
  jobMillis: number,
): Promise<LeanAnswers[]> {
  const units = declarations.map((declaration) => KernelUnit.of(declaration));
  const made = declarations.flatMap((one) => (one.kind === 'inductive' ? (one.types[0]?.name ?? []) : []));
  const lineage = { seed: 0, run: 0, parents: [], mutators: [], categories: [] };
  const plain = jobFor({ lineage, level: 'kernel', units }, []);
  const job: Job = { ...plain, describe: [], ...(made.length === 0 ? {} : { made }) };
  const all: LeanAnswers[] = [];
  for (const lean of leans) {
    const overrides = await zygoteOf(lean, { level: 'kernel', mutant: null });
    const [execution] = await withLean(overrides, { jobMillis }, (executor) => executor.run([job]));
    const answers = units.map((_, index): Answer => {
      const step = execution?.steps[index];
      return step === undefined ? unfinished(execution) : answerTo(step);
    });
    all.push({ lean, answers, execution });
  }
  return all;
}

/** Where two Leans differ: of declarations that build on each other, the first. */
export function differencesBetween(
  declarations: readonly Declaration[],
  one: LeanAnswers,
  other: LeanAnswers,
): LeanDifference[] {
  const units = declarations.map((declaration) => KernelUnit.of(declaration));
  const positions = units.map((_, index) => index);
  const steps = (of: LeanAnswers): Execution['steps'] => of.execution?.steps ?? [];
  const verdicts = changedVerdicts(steps(one), { units, positions }, steps(other)).map(
    ({ unit, read: { unit: of }, ours, theirs }): LeanDifference => ({
      unit,
      name: of.declares[0] ?? '',
      shape: shapeOf(of.declaration),
      one: ours === null ? 'accepts' : `refuses: ${ours.message}`,
      other: theirs === null ? 'accepts' : `refuses: ${theirs.message}`,
      explained: explanation(declarations, unit, [one, other], (ours ?? theirs)?.message ?? ''),
    }),
  );
  return [...verdicts, ...madeBetween(one, other)];
}

function madeBetween(one: LeanAnswers, other: LeanAnswers): LeanDifference[] {
  const [first, second] = [one, other].map(({ execution }) => execution?.made && readMade(execution.made));
  const unlike = first && second && unlikeMade(first, second);
  if (unlike === undefined) return [];
  const { constant: name, what, lean, ours } = unlike;
  const shape = `what an inductive declaration made: ${what}`;
  return [{ unit: null, name, shape, one: lean, other: ours, explained: [] }];
}

/** What our own kernel says in theory, and which change of the kernel lies between the two. */
function explanation(
  declarations: readonly Declaration[],
  unit: number,
  leans: readonly [LeanAnswers, LeanAnswers],
  message: string,
): string[] {
  const declaration = declarations[unit];
  if (declaration === undefined) return [];
  const accepted = (index: number): boolean =>
    leans.some(({ answers }) => answers[index]?.kind === 'accepts');
  const environment = declarations
    .slice(0, unit)
    .filter((_, index) => accepted(index))
    .reduce(assume, ownKernelFor(leans[0].lean).environment);
  const opinion = checkDeclaration(environment, declaration, { mode: strict });
  const [one, other] = leans.map(({ lean }) => lean.version);
  const change = knownChange(one ?? '', other ?? '', opinion.kind === 'accept' ? message : opinion.reason);
  return [`in theory: ${saidOf(opinion)}`, ...(change === undefined ? [] : [`known: ${change}`])];
}

function saidOf(opinion: Opinion): string {
  switch (opinion.kind) {
    case 'accept':
      return 'accepted';
    case 'reject':
      return `refused (${opinion.reason})`;
    case 'unknown':
      return `unknown (${opinion.reason})`;
  }
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
