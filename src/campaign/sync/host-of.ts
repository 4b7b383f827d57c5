import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Snapshot } from '../../api/campaign.js';
import { identityOf } from '../../api/lean.js';
import type { SharedRegion } from '../../share/region.js';
import { packageVersion } from '../../util/package.js';
import type { CampaignParts } from '../campaign-parts.js';
import type { Collector } from '../supervise/collector.js';
import type { WorkSource } from '../supervise/work-source.js';
import type { Workers } from '../supervise/worker-pool.js';
import type { SyncHost } from './sync-host.js';
import { inputLevels } from '../../api/execution.js';

/** Parts of the primary that it lends to sync. */
export interface Lent extends Pick<SyncHost, 'store' | 'isStoreReady' | 'notice'> {
  readonly region: SharedRegion;
  readonly collector: Collector;
  readonly pool: Workers;
  readonly work: WorkSource;
  snapshot(): Snapshot;
}

/** A campaign as sync sees it. */
export function syncHostOf({ options, target, database }: CampaignParts, lent: Lent): SyncHost {
  const { region, collector, pool, work, store, isStoreReady, notice } = lent;
  const { level, kernelMutant: mutant } = options;
  const lean = identityOf(target.lean);
  const kernel = createHash('sha256')
    .update([lean.version, lean.githash, lean.hash, mutant ?? ''].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ database, collector, region, store, isStoreReady, notice, kernel },
    levels: level === 'both' ? inputLevels : [level],
    foundOn: { target: options.target, lean, mutant },
    report() {
      const { workers, newLeads, knownLeads, newSolutions, knownSolutions, ...counts } = lent.snapshot();
      const { elapsedSeconds, tests, testsPerMinute, candidates, corpus, features } = counts;
      return {
        ...{
          host: hostname().slice(0, 200),
          packageVersion,
          lean: lean.version.slice(0, 200),
          kernel,
          level,
        },
        ...{ cores: workers.length, elapsedSeconds, tests, testsPerMinute, candidates, corpus, features },
        ...{ leads: newLeads + knownLeads, solutions: newSolutions + knownSolutions },
      };
    },
    spread: (entries) => pool.workers.forEach((worker) => pool.send(worker, { type: 'others', entries })),
    exhaust: (leads) => pool.workers.forEach((worker) => pool.send(worker, { type: 'exhausted', leads })),
    renumber: (number) => work.renumber(number),
  };
}
