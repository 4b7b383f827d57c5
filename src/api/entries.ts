import type { Candidate } from './candidate.js';
import type { Claim } from './execution.js';
import type { Verdict } from './verdict.js';

/** An interesting candidate, shared with all workers and stored. */
export interface CorpusEntry {
  /** Names the content: equal units have equal ids. */
  readonly id: string;
  readonly candidate: Candidate;
  readonly features: Uint32Array;
  /** How many of the features nobody had seen before. */
  readonly newFeatures: number;
  /** The work that its units were to Lean, by Lean's own counter. */
  readonly heartbeats: number;
  /** Result of its run: `accepted` where all units were, `rejected` where some were dropped, or a failure's kind. */
  readonly outcome: string;
  readonly worker: number;
}

/** A lead or a solution, with all that is needed to replay it. */
export interface Finding {
  readonly id: string;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly outcome: string;
  /** The claim that succeeded or looks odd; null for a crash. */
  readonly claim: Claim | null;
  readonly worker: number;
}
