/** The declarations of a Lean file, as an export: elaborated by a Lean, with all that it rests on. */
import { noAnswer, refuses, type AnswerWith } from '../../api/answer.js';
import { describeLean, type Lean } from '../../api/lean.js';
import type { Execution, Step } from '../../api/execution.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { environmentLimits } from '../../ir/codec.js';
import { declaredNames } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { decode } from '../../ir/tree-builder.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import { wholeOf } from '../../judge/ask/whole.js';
import { answerTo, unfinished } from '../../judge/no-answer.js';
import { exportNdjson } from '../../kernel/export/ndjson.js';
import { releaseOf } from '../../util/lean-release.js';
import { packageVersion } from '../../util/package.js';
import { withLean } from './with-lean.js';

export interface ExportLimits {
  /** Wall-clock limit of the elaboration. */
  readonly jobMillis: number;
  readonly signal: AbortSignal;
}

/** An export, and the constants of the library in it that this Lean knows the type of alone. */
export type ExportedText = AnswerWith<{ readonly ndjson: string; readonly assumed: readonly Name[] }>;

/**
 * The export of a text; refused where Lean refuses the text, no answer where it gives none or where something is
 * lacking.
 */
export async function exportOfText(lean: Lean, text: string, limits: ExportLimits): Promise<ExportedText> {
  const overrides = await zygoteOf(lean, { level: 'source', mutant: null }, limits.signal);
  return withLean(overrides, limits, (executor) => exportOfSteps(executor, lean, [{ kind: 'file', text }]));
}

/** The same of steps, on an executor of that Lean. */
export async function exportOfSteps(
  executor: Pick<JobRunner, 'run'>,
  lean: Lean,
  steps: readonly Step[],
): Promise<ExportedText> {
  const [execution] = await executor.run([{ level: 'source', steps, claims: [], look: true }]);
  const names = namesOf(execution, steps.length, describeLean(lean));
  if (names.kind !== 'accepts') return names;
  const whole = await wholeOf(executor, { level: 'source', steps }, [], names.added);
  if (whole.kind !== 'accepts') return whole;
  const metadata = { version: packageVersion, lean: releaseOf(lean.version) };
  const { text: ndjson, incomplete } = exportNdjson(whole.declarations, metadata);
  const [lacks] = incomplete;
  if (lacks !== undefined) return noAnswer(lacks);
  return { kind: 'accepts', ndjson, assumed: whole.assumed };
}

/** The names that steps have declared, without those that come with a type, and what is unsafe or partial. */
function namesOf(
  execution: Execution | undefined,
  count: number,
  lean: string,
): AnswerWith<{ readonly added: readonly Name[] }> {
  const added: Name[] = [];
  for (let at = 0; at < count; at++) {
    const step = execution?.steps[at];
    if (step === undefined) return unfinished(execution);
    const answer = answerTo(step);
    if (answer.kind === 'refuses') return refuses(`${lean} refuses the text: ${answer.why}`);
    if (answer.kind === 'noAnswer') return noAnswer(`${lean}: ${answer.why}`);
    if (step.news === undefined) return noAnswer(`${lean} does not say what the text has declared`);
    if (step.news.left > 0) return noAnswer(`${step.news.left} of its constants are more than are looked at`);
    for (const one of decode(step.news.declarations, environmentLimits))
      added.push(...declaredNames(one).slice(0, 1));
  }
  return { kind: 'accepts', added };
}
