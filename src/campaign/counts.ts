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
  const isQuestion = (index: number): boolean => (candidate.units[index]?.expected ?? 'any') !== 'any';
  // Results taken from an earlier run of the same prefix are not counted again.
  const ran = execution.steps.map((step, index) => ({ ...step, index })).filter((step) => step.micros > 0);
  const declarations = ran.filter(
    ({ index }) => !isQuestion(index) && candidate.units[index]?.kind !== 'options',
  );
  return {
    tests: execution.claims.length + ran.filter(({ index }) => isQuestion(index)).length,
    declarations: declarations.length,
    accepted: declarations.filter((step) => step.refusal === null).length,
    malformed: ran.filter((step) => step.refusal?.kind === 'malformed').length,
    leanMicros: [...execution.steps, ...execution.claims].reduce((sum, result) => sum + result.micros, 0),
    execution,
  };
}
