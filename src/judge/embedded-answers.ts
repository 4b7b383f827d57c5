import type { ClaimResult } from '../api/execution.js';
import type { Checks } from '../api/lake.js';
import { audit, permittedAxioms } from './audit.js';

/** The answers of which the table of the Lake target is made, as the embedded judge would give them. */
export type Answers = Omit<Checks, 'remarks'>;

/**
 * The embedded judge's three answers: Lake asks whether the text is accepted without an error. Comparator asks for the
 * exact statement, the permitted axioms and the kernel's replay. SafeVerify asks for the same, and for nothing unsafe or
 * partial. `replayed` is null where the kernel was not asked again or
 * did not get to an answer.
 */
export function embeddedAnswers(result: ClaimResult | undefined, replayed: boolean | null): Answers {
  if (result === undefined) return { lake: 'none', comparator: 'none', safeVerify: 'none' };
  const { refusal, evidence } = result;
  if (refusal !== null || evidence === null) return { lake: 'fail', comparator: 'fail', safeVerify: 'fail' };
  const stated = evidence.kind === 'theorem' && evidence.statesFalse && evidence.levelParams === 0;
  const ownAxiom = evidence.reached.some(({ kind }) => kind === 'axiom');
  const permitted = evidence.importedAxioms.every((axiom) => permittedAxioms.includes(axiom));
  const rests = stated && permitted && !ownAxiom;
  const kernel = replayed === null ? 'none' : replayed ? 'pass' : 'fail';
  return {
    lake: 'pass',
    comparator: rests ? kernel : 'fail',
    safeVerify: audit(result).proof ? kernel : 'fail',
  };
}

/** The answers in one line, for people. */
export function describeAnswers({ lake, comparator, safeVerify }: Answers): string {
  const word = { pass: 'pass', fail: 'fail', none: 'no verdict' } as const;
  return `Lake ${word[lake]} | Comparator ${word[comparator]} | SafeVerify ${word[safeVerify]}`;
}
