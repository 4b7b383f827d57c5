import { accepts, noAnswer, refuses, type Answer } from '../api/answer.js';
import type { ClaimResult } from '../api/execution.js';
import { audit, permittedAxioms } from './audit.js';
import { wordOf, type Answers } from './checks.js';
import { answerTo } from './no-answer.js';

/**
 * The embedded judge's three answers: Lake asks whether the text is accepted without an error. Comparator asks for
 * the exact statement, the permitted axioms and the kernel's replay. SafeVerify asks for the same, and for nothing
 * unsafe or partial. `replayed` is what the kernel says when it is asked again.
 */
export function embeddedAnswers(result: ClaimResult, replayed: Answer): Answers {
  const lake = answerTo(result);
  if (lake.kind !== 'accepts') return everywhere(lake);
  const { evidence } = result;
  if (evidence === undefined)
    return { ...everywhere(noAnswer('nothing is known about the environment')), lake };
  const stated = evidence.kind === 'theorem' && evidence.statesFalse && evidence.levelParams === 0;
  const ownAxiom = evidence.reached.some(({ kind }) => kind === 'axiom');
  const permitted = evidence.importedAxioms.every((axiom) => permittedAxioms.includes(axiom));
  const rests = stated && permitted && !ownAxiom;
  const audited = audit(result);
  return {
    lake: accepts,
    comparator: rests ? replayed : refuses('another statement, or an axiom that is not permitted'),
    safeVerify: audited.kind === 'accepts' ? replayed : audited,
  };
}

/** The same answer from all three. */
export function everywhere(answer: Answer): Answers {
  return { lake: answer, comparator: answer, safeVerify: answer };
}

/** The answers in one line, for people. */
export function describeAnswers({ lake, comparator, safeVerify }: Answers): string {
  const words = { pass: 'pass', fail: 'fail', none: 'no verdict' } as const;
  const say = (answer: Answer): string => words[wordOf(answer)];
  return `Lake ${say(lake)} | Comparator ${say(comparator)} | SafeVerify ${say(safeVerify)}`;
}
