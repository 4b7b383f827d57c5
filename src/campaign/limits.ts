import type { CampaignOptions, StopReason } from '../api/campaign.js';
import type { SharedLimits } from './sync/shared-limits.js';
import type { WorkSource } from './supervise/work-source.js';

/** The campaign as its limits see it: the counts and times that they are compared with. */
export interface LimitedCampaign {
  readonly work: Pick<WorkSource, 'limitTo' | 'exhausted'>;
  /** Where other machines take part. */
  readonly sync: { readonly limits: SharedLimits; reach(reason: StopReason): void } | undefined;
  elapsedSeconds(): number;
  /** Proofs of False that were found in this run, and whether one of them is news. */
  solutions(): number;
  hasNewSolution(): boolean;
}

/** When a campaign is to end: by its user, by its own limits, or by those that all of its machines have. */
export class Limits {
  constructor(
    private readonly options: Pick<CampaignOptions, 'timeMillis' | 'runs' | 'stopOnSolution' | 'syncLimits'>,
    private readonly signal: AbortSignal,
    private readonly campaign: LimitedCampaign,
  ) {}

  /** Why it is to end now; undefined where it is not. */
  reasonToStop(): StopReason | undefined {
    if (this.signal.aborted) return 'signal';
    const { sync } = this.campaign;
    const reason = sync?.limits.end?.reason ?? this.reached();
    if (reason !== undefined) sync?.reach(reason);
    return reason;
  }

  private reached(): Exclude<StopReason, 'signal'> | undefined {
    const { timeMillis, runs, stopOnSolution, syncLimits } = this.options;
    const { work, sync } = this.campaign;
    const shared = syncLimits === 'all' ? sync?.limits : undefined;
    const seconds = shared?.seconds ?? this.campaign.elapsedSeconds();
    if (timeMillis !== undefined && seconds * 1000 >= timeMillis) return 'time';
    if (stopOnSolution === 'any' && this.campaign.solutions() > 0) return 'solution';
    if (stopOnSolution === 'new' && this.campaign.hasNewSolution()) return 'solution';
    if (runs !== undefined && shared !== undefined) work.limitTo(runs - shared.candidatesElsewhere);
    return work.exhausted ? 'runs' : undefined;
  }
}
