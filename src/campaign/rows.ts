import { noAnswer } from '../api/answer.js';
import type { Execution } from '../api/execution.js';
import { rowOf } from '../judge/checks.js';
import { answerTo } from '../judge/no-answer.js';

/** The table of answers: how many claims got each combination, by the names of judge/checks.ts. */
export type Rows = Readonly<Record<string, number>>;

/**
 * The rows of one execution on the Lake target. A claim that Lake refuses is handed to the checkers only now and
 * then.
 */
export function rowsOf(execution: Execution): Rows {
  const unasked = noAnswer('not asked');
  return execution.claims.reduce<Rows>((rows, { checks, outcome }) => {
    const row = rowOf(checks ?? { lake: answerTo({ outcome }), comparator: unasked, safeVerify: unasked });
    return addRows(rows, { [row]: 1 });
  }, {});
}

export function addRows(one: Rows, other: Rows): Rows {
  const sum: Record<string, number> = { ...one };
  for (const [row, count] of Object.entries(other)) sum[row] = (sum[row] ?? 0) + count;
  return sum;
}
