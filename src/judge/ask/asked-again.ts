import type { Answer } from '../../api/answer.js';
import type { Signature } from '../../api/signature.js';

/**
 * The result of asking again: the kernel stands by what it said, or another answer is a lead, or there is no answer.
 */
export type AskedAgain = Exclude<Answer, { kind: 'refuses' }> | AnsweredOtherwise;

/** An answer that is a lead. */
export type AnsweredOtherwise = Extract<Answer, { kind: 'refuses' }> & {
  readonly signature: Signature;
  /** The unit that it is about, where it is about one. */
  readonly suspect?: number;
};
