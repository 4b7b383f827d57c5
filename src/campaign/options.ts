import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CampaignOptions } from '../api/campaign.js';
import { packageRoot } from '../util/package.js';

/**
 * What a campaign does where nothing else is said: all cores, source level, depth 15, no limit of time or runs, a
 * random seed, a new folder below `campaigns/`, solutions in `solutions/`, 10,000 ms a candidate, 1,024 MiB an
 * executor. The command line has the same defaults.
 */
export const defaultCampaignOptions: CampaignOptions = {
  cores: availableParallelism(),
  timeMillis: null,
  runs: null,
  seed: null,
  depth: 15,
  grammar: null,
  mutators: [],
  importFolder: null,
  target: 'embedded',
  lean: 'auto',
  lake: {
    template: join(packageRoot, 'template'),
    lake: 'lake',
    checkers: { comparator: null, safeVerify: null, lean4export: null, nanoda: null },
  },
  confirm: true,
  level: 'source',
  campaignFolder: null,
  solutionsFolder: 'solutions',
  stopOnSolution: 'off',
  known: [],
  isolated: false,
  jobMillis: 10_000,
  memoryLimitMiB: 1024,
  trace: false,
  kernelMutant: null,
};

/** Options that are whole numbers, with the values that they may have. */
export const optionBounds = {
  /** Worker slots that a region of 2 GiB has room for. */
  cores: [1, 255],
  runs: [1, Number.MAX_SAFE_INTEGER],
  seed: [0, Number.MAX_SAFE_INTEGER],
  depth: [1, 1000],
  memoryLimitMiB: [256, 2048],
} as const;
