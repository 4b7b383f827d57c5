import { accepts, noAnswer, refuses, type Answer } from '../api/answer.js';
import { finished, type Execution, type Refusal, type StepResult } from '../api/execution.js';
import { saysLimit } from '../api/limits.js';

/** Lean's names of errors that say nothing about what was refused: its limits. */
const limitErrors: ReadonlySet<string> = new Set([
  ...['kernel.deterministicTimeout', 'kernel.excessiveMemory', 'kernel.deepRecursion', 'kernel.interrupted'],
  ...['runtime.maxHeartbeats', 'runtime.maxRecDepth'],
]);

/** Whether a refusal says nothing about what was refused: it was not asked, or a limit was met before an answer. */
export function isNoAnswer(refusal: Refusal): boolean {
  return refusal.kind !== 'refused' || limitErrors.has(refusal.error) || saysLimit(refusal.message);
}

/** Whether a name was taken: nothing is said of the rest. */
export function isNameTaken(refusal: Refusal | undefined): boolean {
  return refusal?.kind === 'refused' && refusal.error === 'kernel.alreadyDeclared';
}

/** Lean's answer to a step or a claim. */
export function answerTo({ outcome }: Pick<StepResult, 'outcome'>): Answer {
  if (outcome.kind === 'accepted') return accepts;
  const why = firstLine(outcome.message);
  if (outcome.kind === 'not asked') return noAnswer(`not asked: ${why}`);
  return isNoAnswer(outcome) ? noAnswer(why) : refuses(why);
}

/**
 * Lean's answer to an attempt to find a proof. Where the search ran into a limit of the elaborator, it found no proof;
 * where it found one and the kernel did not get to an answer, there is no answer.
 */
export function answerToAttempt({ outcome }: Pick<StepResult, 'outcome'>): Answer {
  const answer = answerTo({ outcome });
  const isSearch =
    outcome.kind !== 'accepted' && searches.test(outcome.message) && !/\(kernel\)/.test(outcome.message);
  return answer.kind === 'noAnswer' && isSearch ? refuses(answer.why) : answer;
}

const searches = /maximum recursion depth|maximum number of heartbeats|\(deterministic\) timeout/;

/** Why an execution has no result where one is expected. */
export function unfinished(execution: Execution | undefined): Answer & { kind: 'noAnswer' } {
  const end = execution?.end ?? finished;
  return noAnswer(end.kind === 'finished' ? 'no result' : `${end.kind}: ${end.message}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
