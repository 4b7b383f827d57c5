/** Every message between the primary and the desk, the process in which others than the campaign's Lean are asked. */
import type { Checker } from '../../api/checker.js';
import type { StepOutcome } from '../../api/execution.js';
import type { Lean } from '../../api/lean.js';
import type { Opinion, OpinionCounts } from '../../api/opinion.js';
import type { ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import type { ExitCode } from '../../util/errors.js';

/** A Lean that is asked, and how it is booted. */
export interface AskedLeanOptions {
  readonly lean: Lean;
  /** The bug that is planted in it. */
  readonly mutant?: string;
  /** Its name beside the others. */
  readonly label: string;
  readonly zygote: ZygoteOptions;
}

/** The start of the desk, as JSON in its argument vector. */
export interface DeskOptions {
  /** The campaign's own Lean, which is asked again where another one differs. */
  readonly own: AskedLeanOptions;
  readonly others: readonly AskedLeanOptions[];
  readonly checkers: readonly Checker[];
  /** Wall-clock milliseconds of one job. */
  readonly jobMillis: number;
}

/** A kernel-level candidate that a worker has run. */
export interface Question {
  /** As encodeCandidate makes it. */
  readonly candidate: Uint8Array;
  /** The answers of the campaign's Lean to each unit. */
  readonly answers: readonly StepOutcome[];
  /** Whether it showed something new. */
  readonly isNew: boolean;
}

export type ToDesk =
  | { readonly type: 'questions'; readonly questions: readonly Question[] }
  /** A finding, as encodeFinding makes it, of which everybody's answer is wanted. */
  | { readonly type: 'finding'; readonly id: string; readonly bytes: Uint8Array }
  /** A lead of the desk's was stored. */
  | { readonly type: 'stored' }
  /** Answer what is there within so much time, and end. */
  | { readonly type: 'finish'; readonly millis: number };

export type FromDesk =
  /** All can be asked. */
  | { readonly type: 'ready' }
  /** Somebody can't be asked at all. */
  | { readonly type: 'failed'; readonly message: string; readonly exitCode: ExitCode }
  /** The work since the last such message; `taken` questions have left the queue. */
  | ({ readonly type: 'counts'; readonly taken: number } & OpinionCounts)
  /** A lead, as encodeFinding makes it. */
  | { readonly type: 'lead'; readonly bytes: Uint8Array }
  /** The answers of everybody to the finding with this id. */
  | { readonly type: 'opinions'; readonly id: string; readonly opinions: readonly Opinion[] }
  | { readonly type: 'notice'; readonly text: string };

/** Questions that may wait; what comes when there are more counts as not asked. */
export const maxWaiting = 1024;
