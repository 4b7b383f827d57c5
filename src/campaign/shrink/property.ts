import { accepts, refuses, type Answer, type AnswerWith } from '../../api/answer.js';
import type { Candidate } from '../../api/candidate.js';
import { accepted, finished, refusalIn, type Execution, type Job } from '../../api/execution.js';
import { isSameSignature, type Signature } from '../../api/signature.js';
import { isDiscovery, type Verdict } from '../../api/verdict.js';
import { causeIn } from '../../judge/cause.js';
import { judge } from '../../judge/judge.js';
import { answerTo, isNoAnswer, unfinished } from '../../judge/no-answer.js';
import { never } from '../../util/errors.js';
import { askAll } from '../../judge/ask/differential.js';
import { jobFor } from '../../judge/ask/job.js';
import { kernelOf } from '../../judge/ask/confirm.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import type { Declaration } from '../../ir/declaration.js';
import { withProof } from '../../judge/signature.js';
import { findSurprise } from '../../judge/surprise.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import { editableDeclarations, type Subject } from './subject.js';

/** The property that a smaller subject has to keep: the verdict, and for a lead its mechanism. */
export interface Property {
  readonly kind: 'solution' | 'lead';
  readonly signature: Signature;
  /** The finding shows only when more is asked: of our own kernel, or in other words. */
  readonly differential: boolean;
  /** For a lead about a refusal: what Lean says, which must stay word for word, or anything refused would do. */
  readonly refusal: string | null;
  /** The step or claim at which an executor ended; null where none did. */
  readonly at: number | null;
}

/** Milliseconds after which a subject that is known to hang is taken to hang again: most forms that end take a few. */
export const hangMillis = { kernel: 500, source: 2000 } as const;

/** How a subject is run: with a limit of time that is shorter than the executor's own, or with that. */
export interface Haste {
  readonly millis?: number | undefined;
}

/** Where a subject stands before it is made smaller. Refused where nothing is odd about it. */
export async function propertyOf(
  runner: JobRunner,
  subject: Subject,
  own: OwnKernel,
  haste: Haste = {},
): Promise<AnswerWith<{ readonly property: Property }>> {
  const [execution] = await runner.run([jobOf(subject, haste)]);
  if (execution === undefined) return unfinished(execution);
  const verdict = judgeOf(subject, execution, own);
  if (isDiscovery(verdict)) {
    const { kind, signature, suspect } = verdict;
    const refusal = suspect === undefined ? undefined : refusalIn(execution.steps[suspect]);
    const said = refusal === undefined || isNoAnswer(refusal) ? null : refusal.message;
    const at = execution.end.kind === 'finished' ? null : execution.end.at;
    return { kind: 'accepts', property: { kind, signature, differential: false, refusal: said, at } };
  }
  if (execution.end.kind !== 'finished') return unfinished(execution);
  const again = await askAll(runner, subject.candidate, execution, own);
  switch (again.kind) {
    case 'accepts':
      return cutShort(execution) ?? refuses('nothing is odd');
    case 'refuses': {
      const property = { kind: 'lead', differential: true, refusal: null, at: null } as const;
      return { kind: 'accepts', property: { ...property, signature: again.signature } };
    }
    case 'noAnswer':
      return again;
    default:
      return never(again);
  }
}

/** The cause that a subject with a property shows, and the reasons for it. */
export interface Shown {
  /**
   * The cause that it is about. Where something was accepted that should not have been, that is what the theory refuses
   * in it, whatever was tried; else it is what is judged of it as it is.
   */
  readonly signature: Signature;
  /** The judge's reasons for it; none where that was not asked again. */
  readonly reasons: readonly string[];
}

export async function shownBy(
  runner: JobRunner,
  subject: Subject,
  property: Property,
  own: OwnKernel,
): Promise<Shown> {
  const { kind, signature } = property;
  // How it ended says nothing of names, and to hear it again may take a while.
  if (signature.rule.kind === 'ends') return { signature, reasons: [] };
  const judged = await judgedOf(runner, subject, property, own);
  const reasons = judged?.reasons ?? [];
  if (kind === 'lead' && signature.rule.kind !== 'accepts') return { signature, reasons };
  const cause = causeIn(own.environment, await kernelDeclarations(runner, subject));
  if (cause === undefined) return { signature: judged?.signature ?? signature, reasons };
  const { proof } = signature;
  return { signature: proof === undefined ? cause : withProof(cause, proof), reasons };
}

/** The verdict on a subject: its signature and reasons; undefined where it is not the one that its property says. */
async function judgedOf(
  runner: JobRunner,
  subject: Subject,
  { kind, differential }: Property,
  own: OwnKernel,
): Promise<Shown | undefined> {
  const [execution] = await runner.run([jobOf(subject)]);
  if (execution === undefined) return undefined;
  if (differential) {
    const again = await askAll(runner, subject.candidate, execution, own);
    return again.kind === 'refuses' ? { signature: again.signature, reasons: [again.why] } : undefined;
  }
  const verdict = judgeOf(subject, execution, own);
  return isDiscovery(verdict) && verdict.kind === kind ? verdict : undefined;
}

/** The declarations that a subject gives to the kernel; none where that can't be said. */
async function kernelDeclarations(runner: JobRunner, subject: Subject): Promise<readonly Declaration[]> {
  const { candidate, claim } = subject;
  if (candidate.level === 'kernel') return editableDeclarations(subject);
  const answer = claim === undefined ? undefined : await kernelOf(runner, candidate, claim);
  return answer?.kind === 'accepts' ? answer.declarations : [];
}

/** Whether each of some subjects still has the property, in one request. */
export async function keepsProperty(
  runner: Pick<JobRunner, 'run' | 'base'>,
  property: Property,
  subjects: readonly Subject[],
  own: OwnKernel,
  haste: Haste = {},
): Promise<Answer[]> {
  const asked = subjects.filter((subject) => mayKeep(property, subject, own));
  const executions = await runner.run(asked.map((subject) => jobOf(subject, haste)));
  const answers = new Map<Subject, Answer>();
  for (const [index, subject] of asked.entries()) {
    const execution = executions[index];
    const answer =
      execution === undefined
        ? unfinished(execution)
        : await keeps(runner, property, subject, execution, own);
    answers.set(subject, answer);
  }
  return subjects.map((subject) => answers.get(subject) ?? lost);
}

/**
 * Whether a subject may have the property, as far as that can be said without the Lean: where it is that something is
 * accepted which breaks a rule, our own kernel must find that rule broken if all of the subject was accepted. So most
 * edits that break something else, or mend what was broken, cost no execution.
 */
function mayKeep(
  { kind, signature, differential }: Property,
  { candidate }: Subject,
  own: OwnKernel,
): boolean {
  if (kind !== 'lead' || differential || signature.rule.kind !== 'accepts' || candidate.level !== 'kernel')
    return true;
  const isOther = (broken: Signature): boolean => !isKept(signature, broken);
  const broken = findSurprise(own.environment, candidate, allAccepted(candidate), true, isOther);
  return broken !== undefined && !isOther(broken.signature);
}

/** The execution that a candidate would come to on a Lean that accepts all. */
function allAccepted({ units }: Candidate): Execution {
  const steps = units.map(() => ({ outcome: accepted, micros: 0, heartbeats: 0 }));
  return { steps, claims: [], shapes: [], end: finished };
}

async function keeps(
  runner: Pick<JobRunner, 'run' | 'base'>,
  property: Property,
  subject: Subject,
  execution: Execution,
  own: OwnKernel,
): Promise<Answer> {
  const verdict = judgeOf(subject, execution, own);
  if (property.differential) {
    if (execution.end.kind !== 'finished') return unfinished(execution);
    if (isDiscovery(verdict)) return lost;
    const again = await askAll(runner, subject.candidate, execution, own);
    if (again.kind === 'noAnswer') return again;
    return again.kind === 'refuses' && isKept(property.signature, again.signature) ? accepts : lost;
  }
  if (verdict.kind !== property.kind) return cutShort(execution) ?? lost;
  if (verdict.kind === 'solution') return accepts;
  if (!isDiscovery(verdict) || !isKept(property.signature, verdict.signature))
    return cutShort(execution) ?? lost;
  const suspect = verdict.suspect === undefined ? undefined : execution.steps[verdict.suspect];
  return property.refusal === null || refusalIn(suspect)?.message === property.refusal ? accepts : lost;
}

/**
 * Whether a smaller form is about the same. Of what should not be accepted the rule counts: that shows in simpler
 * places, too.
 */
function isKept(before: Signature, after: Signature): boolean {
  if (before.rule.kind !== 'accepts' || after.rule.kind !== 'accepts') return isSameSignature(before, after);
  return before.rule.breaks === after.rule.breaks && before.proof === after.proof;
}

function judgeOf(subject: Subject, execution: Execution, { environment }: OwnKernel): Verdict {
  return judge(environment, subject.candidate, claimsOf(subject), execution, 1);
}

type NoAnswer = Answer & { kind: 'noAnswer' };

const lost = refuses('another verdict');

/** Why an execution that shows something else than was asked for is no answer; undefined where it is one. */
function cutShort(execution: Execution): NoAnswer | undefined {
  if (execution.end.kind !== 'finished') return unfinished(execution);
  return [...execution.steps, ...execution.claims]
    .map(answerTo)
    .find((answer): answer is NoAnswer => answer.kind === 'noAnswer');
}

/** A proof of False must be one as a whole; a lead may stand among refused declarations, and makes them go. */
function jobOf(subject: Subject, { millis }: Haste = {}): Job {
  const job: Job = {
    ...jobFor(subject.candidate, claimsOf(subject)),
    ...{ describe: [], strict: subject.claim !== undefined },
  };
  return millis === undefined ? job : { ...job, millis };
}

function claimsOf({ claim }: Subject): NonNullable<Subject['claim']>[] {
  return claim === undefined ? [] : [claim];
}
