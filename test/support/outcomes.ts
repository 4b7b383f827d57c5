import { refusalIn, type StepResult } from '../../src/api/execution.js';

/** Lean's name for the error by which a step was refused, or what else came of it; null where it was accepted. */
export function errorOf(step: StepResult | undefined): string | null {
  const refusal = refusalIn(step);
  return refusal?.kind === 'refused' ? refusal.error : (refusal?.kind ?? null);
}

/** The words with which a step was refused; null where it was accepted. */
export function messageOf(step: StepResult | undefined): string | null {
  return refusalIn(step)?.message ?? null;
}
