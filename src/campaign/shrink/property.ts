import type { Execution, Job } from '../../api/execution.js';
import { judge } from '../../judge/judge.js';
import { isLimit } from '../../judge/limits.js';
import { askAgain } from '../../judge/ask/differential.js';
import { jobFor } from '../../judge/ask/job.js';
import type { JobRunner } from '../../judge/ask/confirm.js';
import type { Subject } from './subject.js';

/** What a smaller subject has to keep: the verdict, and for a lead its mechanism. */
export interface Property {
  readonly kind: 'solution' | 'lead';
  readonly signature: string;
  /** The finding shows only when the candidate is said in other words, too. */
  readonly differential: boolean;
  /** For a lead about a refusal: what Lean says, which must stay word for word, or anything refused would do. */
  readonly refusal: string | null;
}

/** Where a subject stands before it is made smaller; undefined where nothing is odd about it. */
export async function propertyOf(runner: JobRunner, subject: Subject): Promise<Property | undefined> {
  const [execution] = await runner.run([jobOf(subject)]);
  if (execution === undefined) return undefined;
  const { kind, signature, suspect } = judge(subject.candidate, claimsOf(subject), execution, 1);
  const refusal = suspect === undefined ? null : (execution.steps[suspect]?.refusal ?? null);
  if (kind === 'solution' || kind === 'lead') {
    const said = refusal === null || isLimit(refusal) ? null : refusal.message;
    return { kind, signature, differential: false, refusal: said };
  }
  const odd = await disagreement(runner, subject, execution);
  return odd === undefined ? undefined : { kind: 'lead', signature: odd, differential: true, refusal: null };
}

/** Which of some subjects still have the property, in one request. */
export async function keepsProperty(
  runner: Pick<JobRunner, 'run'>,
  property: Property,
  subjects: readonly Subject[],
): Promise<boolean[]> {
  const executions = await runner.run(subjects.map(jobOf));
  const kept: boolean[] = [];
  for (const [index, subject] of subjects.entries()) {
    const execution = executions[index];
    kept.push(execution !== undefined && (await keeps(runner, property, subject, execution)));
  }
  return kept;
}

async function keeps(
  runner: Pick<JobRunner, 'run'>,
  property: Property,
  subject: Subject,
  execution: Execution,
): Promise<boolean> {
  const verdict = judge(subject.candidate, claimsOf(subject), execution, 1);
  if (property.differential) {
    const calm = verdict.kind === 'dull' || verdict.kind === 'interesting';
    return calm && (await disagreement(runner, subject, execution)) === property.signature;
  }
  if (verdict.kind !== property.kind) return false;
  if (verdict.kind === 'solution') return true;
  if (verdict.signature !== property.signature) return false;
  const suspect = verdict.suspect === undefined ? undefined : execution.steps[verdict.suspect];
  return property.refusal === null || suspect?.refusal?.message === property.refusal;
}

/** A proof of False must be one as a whole; a lead may stand among refused declarations, and makes them go. */
function jobOf(subject: Subject): Job {
  const job = jobFor(subject.candidate, claimsOf(subject));
  return subject.claim === null ? { ...job, describe: [] } : { ...job, describe: [], strict: true };
}

function claimsOf({ claim }: Subject): NonNullable<Subject['claim']>[] {
  return claim === null ? [] : [claim];
}

async function disagreement(
  runner: Pick<JobRunner, 'run'>,
  { candidate }: Subject,
  execution: Execution,
): Promise<string | undefined> {
  if (execution.failure !== null) return undefined;
  return (await askAgain(runner, candidate, execution, 'all'))?.signature;
}
