import type { Answer } from './answer.js';

/** What the programs of a native toolchain say of one attempt. */
export interface Checks {
  readonly lake: Answer;
  readonly comparator: Answer;
  readonly safeVerify: Answer;
  /** What they said, where it is not plain success; one line each. */
  readonly remarks: readonly string[];
}

/** Programs beside Lake; null where there is none. */
export interface Checkers {
  readonly comparator: string | null;
  readonly safeVerify: string | null;
  /** For comparator. */
  readonly lean4export: string | null;
  /** A second kernel for comparator. */
  readonly nanoda: string | null;
}

/** The toolchain and the project of the Lake target. */
export interface LakeOptions {
  /** The Lake project that candidates are built in; it is read once, and never written to. */
  readonly template: string;
  /** The `lake` to run: a path, or a name on the PATH. */
  readonly lake: string;
  readonly checkers: Checkers;
}
