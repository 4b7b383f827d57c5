import { accepts, noAnswer, refuses, type Answer } from '../api/answer.js';
import type { Execution, Refusal } from '../api/execution.js';
import { saysLimit } from '../api/limits.js';

/** The kind of a refusal by which an executor says that it did not put the text to Lean. */
const notAsked = 'not asked';

/** Kinds of refusals that say nothing about what was refused: limits, and words that did not become a declaration. */
const kinds =
  /^(kernel\.(deterministicTimeout|excessiveMemory|deepRecursion|interrupted)|runtime\.max(Heartbeats|RecDepth)|malformed|not asked)$/;

/** Whether a refusal says nothing about what was refused: a limit was met before there was an answer. */
export function isNoAnswer({ kind, message }: Refusal): boolean {
  return kinds.test(kind) || saysLimit(message);
}

/** Lean's answer to a step or a claim. */
export function answerTo({ refusal }: { readonly refusal: Refusal | null }): Answer {
  if (refusal === null) return accepts;
  const why = firstLine(refusal.message);
  if (refusal.kind === notAsked) return noAnswer(`not asked: ${why}`);
  return isNoAnswer(refusal) ? noAnswer(why) : refuses(why);
}

/**
 * Lean's answer to an attempt to find a proof. Where the search ran into a limit of the elaborator, it found no proof;
 * where it found one and the kernel did not get to an answer, there is no answer.
 */
export function answerToAttempt({ refusal }: { readonly refusal: Refusal | null }): Answer {
  const answer = answerTo({ refusal });
  const isSearch = refusal !== null && searches.test(refusal.message) && !/\(kernel\)/.test(refusal.message);
  return answer.kind === 'noAnswer' && isSearch ? refuses(answer.why) : answer;
}

const searches = /maximum recursion depth|maximum number of heartbeats|\(deterministic\) timeout/;

/** Why an execution has no result where one is expected. */
export function unfinished(execution: Execution | undefined): Answer & { kind: 'noAnswer' } {
  const failure = execution?.failure ?? null;
  return noAnswer(failure === null ? 'no result' : `${failure.kind}: ${failure.message}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
