import type { CampaignOptions } from '../api/campaign.js';
import type { KnownSignature } from '../judge/known.js';
import type { CampaignDatabase } from '../store/database.js';
import type { Workdir } from '../store/workdir.js';
import type { JoinHost } from './join/host.js';
import type { DeskOptions } from './opinions/protocol.js';
import type { Stop } from './stop.js';
import type { PlannedSync } from './sync/start-sync.js';
import type { FindingStoreContext } from './supervise/finding-store.js';
import type { TargetHost } from './supervise/target-host.js';
import type { WorkerPool, Workers } from './supervise/worker-pool.js';

/** A campaign as it is run: every option filled, and what it works with open. */
export interface CampaignParts {
  readonly options: CampaignOptions & {
    readonly seed: number;
    readonly knownSignatures: readonly KnownSignature[];
  };
  readonly target: TargetHost;
  /** An existing folder that can be written. */
  readonly solutionsFolder: string;
  /** Open, and so is the database in it. */
  readonly workdir: Workdir;
  readonly database: CampaignDatabase;
  /** Where other terminals join; its listener passes on what this terminal hears. */
  readonly guests: JoinHost;
  readonly stop: Stop;
  /** Who is asked besides the campaign's Lean; undefined where nobody is. */
  readonly desk: DeskOptions | undefined;
  /** How it is shared with other machines; undefined where it is not. */
  readonly sync?: PlannedSync | undefined;
  /** How many blocks of the kernel's code are watched. */
  readonly blocks: number;
  /** Makes the pool of worker processes in a region. */
  readonly startPool: (...args: ConstructorParameters<typeof WorkerPool>) => Workers;
}

/** Where the findings of a campaign go, and what they are found on. */
export function findingContextOf({
  options,
  target,
  workdir,
  solutionsFolder,
}: CampaignParts): Pick<
  FindingStoreContext,
  | ('campaignFolder' | 'solutionsFolder' | 'leadsFolder' | 'target' | 'lean' | 'limits' | 'mutant')
  | ('jobMillis' | 'known')
> {
  return {
    ...{ campaignFolder: workdir.folder, solutionsFolder, leadsFolder: workdir.leads },
    ...{ target: options.target, lean: target.lean, limits: target.limits, mutant: options.kernelMutant },
    ...{ jobMillis: options.jobMillis, known: options.knownSignatures },
  };
}
