import type { Answer } from '../../api/answer.js';

/** What came of asking again: the kernel stands by what it said, or it changed its mind, or there is no answer. */
export type AskedAgain =
  | Exclude<Answer, { kind: 'refuses' }>
  | (Extract<Answer, { kind: 'refuses' }> & { readonly signature: string });
