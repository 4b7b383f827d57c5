import type { Discovery } from '../api/verdict.js';

/** The answer of a correct kernel to all of a finding. */
export type CorrectAnswer = 'accept' | 'reject';

/** The answer of a correct kernel to a finding; undefined where that is not known. */
export function correctAnswerTo({
  kind,
  signature: { rule, place },
}: Pick<Discovery, 'kind' | 'signature'>): CorrectAnswer | undefined {
  if (kind === 'solution') return 'reject';
  // By the theory equality is transitive: a kernel that has found it so is not wrong, only no Lean after 4.33.1.
  if (rule.kind === 'accepts')
    return rule.breaks === 'an equality by transitivity alone' ? undefined : 'reject';
  // Ours accepts the others as that release should, which is more than the theory may allow.
  return rule.kind === 'refuses' && place.kind === 'unit' ? 'accept' : undefined;
}
