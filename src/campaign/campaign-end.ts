import type { StopOnSolution, Summary } from '../api/campaign.js';

/** How a campaign ended, for the one who started it or joined it. */
export interface CampaignEnd {
  readonly summary: Summary;
  /** The rule that was in force; with `new`, known solutions do not count as found. */
  readonly stopOnSolution: StopOnSolution;
}
