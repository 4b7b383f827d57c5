import type { Discovery } from '../api/verdict.js';

/** The answer of a correct kernel to all of a finding. */
export type CorrectAnswer = 'accept' | 'reject';

/** The answer of a correct kernel to a finding; undefined where that is not known. */
export function correctAnswerTo({ kind, signature: { rule, place } }: Discovery): CorrectAnswer | undefined {
  if (kind === 'solution' || rule.kind === 'accepts') return 'reject';
  // Ours accepts the others as that release should, which is more than the theory may allow.
  return rule.kind === 'refuses' && place.kind === 'unit' ? 'accept' : undefined;
}
