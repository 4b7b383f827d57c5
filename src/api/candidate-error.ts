import type { Lineage, UnitFacts } from './candidate.js';
import type { InputLevel } from './execution.js';

/** Where on its way a candidate was when something was thrown. */
export type Stage = 'generate' | 'encode' | 'run' | 'judge' | 'confirm' | 'share' | 'store';

/**
 * An error of ours, or of the user's code, that ended a candidate's way: the candidate's outcome, and nobody else's.
 */
export interface CandidateError {
  readonly stage: Stage;
  /** The kind of error: the name of its class. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly seed: number;
  readonly run: number;
  /** Whether it is a file of the user's. */
  readonly isImport: boolean;
  /** Null where it was not made. */
  readonly candidate: CandidateOutline | null;
}

/** A candidate as plain data, for people: errors travel between processes and end in a file. */
export interface CandidateOutline extends Pick<Lineage, 'parents' | 'mutators' | 'categories'> {
  readonly level: InputLevel;
  /** Its declarations; null where they can't be printed, or the units' texts say them. */
  readonly listing: string | null;
  readonly units: readonly (UnitFacts & {
    /** At source level. */
    readonly text?: string;
    /** At kernel level: the words as base64; null where the declaration has none. */
    readonly words?: string | null;
  })[];
}
