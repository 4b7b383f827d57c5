/** How a campaign is told to end. */
export interface Stop {
  /** Ends it in order; while Lean boots there is nothing to finish, and it ends at once. */
  readonly signal: AbortSignal;
  /** Ends it at once. Whoever aborts this has aborted `signal` before. */
  readonly now: AbortSignal;
}

/** A signal that is never aborted. */
export const neverAborted: AbortSignal = new AbortController().signal;
