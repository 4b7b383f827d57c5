import type { Candidate } from './candidate.js';

/** Where on its way a candidate was when something was thrown. */
export type Stage = 'generate' | 'encode' | 'run' | 'judge' | 'confirm' | 'share' | 'store';

/** An error of ours, or of the user's code, that ended a candidate's way: the candidate's outcome, and nobody else's. */
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
  readonly candidate: Candidate | null;
}
