import type { Candidate } from './candidate.js';
import { failureKinds, type Claim } from './execution.js';
import type { Signature } from './signature.js';
import type { Discovery } from './verdict.js';

/** The result of running a candidate; `imported` for an entry that was taken in and has not been run. */
export const outcomes = ['accepted', 'rejected', ...failureKinds, 'imported'] as const;
export type Outcome = (typeof outcomes)[number];

/** An interesting candidate, shared with all workers and stored. */
export interface CorpusEntry {
  /** Names the content: equal units have equal ids. */
  readonly id: string;
  readonly candidate: Candidate;
  readonly features: Uint32Array;
  /**
   * Blocks of the kernel's code that its candidate reached, ascending, what is asked about its units included; none
   * where they are not watched.
   */
  readonly blocks?: Uint32Array | undefined;
  /** How many of the features and blocks nobody had seen before. */
  readonly newFeatures: number;
  /** The work that its units were to Lean, by Lean's own counter. */
  readonly heartbeats: number;
  /** Result of its run: `accepted` where all units were, `rejected` where some were dropped, or a failure's kind. */
  readonly outcome: Outcome;
  readonly worker: number;
}

/**
 * How far a finding has come. `found`: as it was found, and its signature is provisional. `named`: its signature
 * stands. `smallest`: and no edit makes it smaller.
 */
export const findingForms = ['found', 'named', 'smallest'] as const;
export type FindingForm = (typeof findingForms)[number];

/** A lead or a solution, with all that is needed to replay it. */
export interface Finding {
  readonly id: string;
  readonly candidate: Candidate;
  readonly verdict: Discovery;
  readonly form: FindingForm;
  /** The provisional signature that it was found under, where it has a name of its own since. */
  readonly asked?: Signature;
  readonly outcome: Outcome;
  /** The claim that succeeded or looks odd, where there is one. */
  readonly claim?: Claim;
  /**
   * Whether a Lean has elaborated its Lean text, and that came to the same; undefined where none was asked, and where it
   * is text that Lean has run as it is.
   */
  readonly elaborated?: boolean;
  readonly worker: number;
}
