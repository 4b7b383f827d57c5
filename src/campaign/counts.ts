import type { Candidate } from '../api/candidate.js';
import type { Execution } from '../api/execution.js';

/** Amounts that one candidate adds to the worker's counters. */
export interface Counts {
  /** Questions that were judged: claims of False, and units whose right answer is known. */
  readonly tests: number;
  readonly declarations: number;
  readonly accepted: number;
  readonly leanMicros: number;
  /** Units that the decoder refused; the kernel never saw them. */
  readonly malformed: number;
  readonly execution: Execution;
}

export function countsOf(candidate: Candidate, execution: Execution): Counts {
  let [tests, declarations, accepted, malformed, leanMicros] = [execution.claims.length, 0, 0, 0, 0];
  for (const [index, { micros, outcome }] of execution.steps.entries()) {
    // Results taken from an earlier run of the same prefix are not counted again: they took no time.
    if (micros === 0) continue;
    leanMicros += micros;
    if (outcome.kind === 'malformed') malformed++;
    const unit = candidate.units[index];
    if ((unit?.expected ?? 'any') !== 'any') tests++;
    else if (unit?.kind !== 'options') {
      declarations++;
      if (outcome.kind === 'accepted') accepted++;
    }
  }
  for (const { micros } of execution.claims) leanMicros += micros;
  return { tests, declarations, accepted, leanMicros, malformed, execution };
}
