import type { Answer } from './answer.js';
import { describeLean, type LeanIdentity } from './lean.js';

/** Who is asked besides the campaign's Lean: another Lean, or another kernel that reads exports. */
export type Asked =
  | {
      readonly kind: 'lean';
      readonly lean: LeanIdentity;
      /** The bug that is planted in it. */ readonly mutant?: string;
    }
  | { readonly kind: 'checker'; readonly name: string; readonly command: string };

/** The answer of one who was asked about a finding. */
export interface Opinion {
  readonly by: Asked;
  readonly answer: Answer;
}

/** How often a kind of declaration got each answer from one who was asked. */
export interface VerdictRow {
  /** Such as `theorem` or `mutual inductive`. */
  readonly declaration: string;
  /** Who answered, by a label. */
  readonly by: string;
  readonly accepts: number;
  readonly refuses: number;
  /** Limits, crashes, time, and what can't be compared because it rests on a constant that is another one there. */
  readonly noAnswer: number;
}

/** The questions of a campaign to others than its own Lean. */
export interface OpinionCounts {
  /** Candidates that all of them were asked about. */
  readonly asked: number;
  /** Candidates that nobody was asked about: the queue was full, or those who are asked had ended. */
  readonly notAsked: number;
  /** Candidates that were answered differently, repeats of a cause included. */
  readonly different: number;
  readonly verdicts: readonly VerdictRow[];
}

/** Who was asked, in one line. */
export function describeAsked(by: Asked): string {
  if (by.kind === 'checker') return `${by.name} (${by.command})`;
  return describeLean(by.lean) + (by.mutant === undefined ? '' : `, with the planted bug ${by.mutant}`);
}

/** Those who are asked, each in a few words, and in more where others would have the same. */
export function labelsOf(all: readonly Asked[]): string[] {
  const short = all.map((by) =>
    by.kind === 'checker'
      ? by.name
      : `${by.lean.version} (${by.lean.kind}${by.mutant === undefined ? '' : `, planted bug ${by.mutant}`})`,
  );
  return all.map((by, index) => {
    const label = short[index] ?? '';
    const isUnique = short.indexOf(label) === short.lastIndexOf(label);
    return isUnique ? label : describeAsked(by);
  });
}
