import type { Finding } from '../api/entries.js';
import type { InputLevel } from '../api/execution.js';
import type { Discovery } from '../api/verdict.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { correctAnswerTo, type CorrectAnswer } from './correct-answer.js';
import { declarationsOf } from './declarations-of.js';
import { reproducerFrom, type Reproducer } from './reproducer.js';

/** A finding as its files say it: decoded once. */
export interface FindingView {
  readonly id: string;
  readonly kind: Discovery['kind'];
  readonly level: InputLevel;
  readonly reasons: readonly string[];
  /** Whether it has a claim of False. */
  readonly isClaimed: boolean;
  /** The answer of a correct kernel, where that is known. */
  readonly correct: CorrectAnswer | undefined;
  /**
   * At kernel level, that of the claim last; undefined at source level, where nobody has asked, and for malformed
   * words.
   */
  readonly declarations: readonly Declaration[] | undefined;
  /** Why there are none, where words are malformed. */
  readonly malformed?: string;
  /** The whole as one Lean file; undefined where words are malformed. */
  readonly reproducer: Reproducer | undefined;
}

/** The view of a finding. */
export function viewOf(finding: Finding): FindingView {
  const { id, candidate, claim, verdict } = finding;
  const { kind, reasons } = verdict;
  const { level } = candidate;
  const about = {
    ...{ id, kind, level, reasons },
    ...{ isClaimed: claim !== undefined, correct: correctAnswerTo(verdict) },
  };
  try {
    const all = declarationsOf(finding);
    const declarations = level === 'kernel' ? all : undefined;
    return { ...about, declarations, reproducer: reproducerFrom(finding, all) };
  } catch (error) {
    // finding.json still has the words; a finding is never lost for a printer's sake.
    if (!(error instanceof MalformedWords)) throw error;
    return { ...about, declarations: undefined, malformed: error.message, reproducer: undefined };
  }
}
