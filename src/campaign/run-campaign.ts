import { randomInt } from 'node:crypto';
import type { CampaignListener, CampaignOptions } from '../api/campaign.js';
import { leanPackage } from '../execute/embedded/package-files.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../execute/embedded/zygote-options.js';
import { CustomMutators } from '../generate/custom/custom-mutators.js';
import { loadGenerator } from '../generate/grammar/load-grammar.js';
import { loadImports } from '../generate/text/lean-files.js';
import type { KnownSignature } from '../judge/known.js';
import type { StopRequest } from '../share/layout.js';
import { CampaignDatabase } from '../store/database.js';
import { readKnownFile, shippedKnownFile } from '../store/known-file.js';
import { Workdir } from '../store/workdir.js';
import { writableFolder } from '../store/writable-folder.js';
import type { CampaignEnd } from './campaign-end.js';
import { openOrJoin } from './join/open-or-join.js';
import { JoinHost } from './join/host.js';
import { Campaign } from './primary.js';
import { storedNumber } from './stored-values.js';
import { startTarget } from './supervise/target-host.js';

/** What comes from the user's files, read and checked. */
interface Inputs {
  readonly solutionsFolder: string;
  readonly knownSignatures: readonly KnownSignature[];
}

/**
 * Runs a campaign to its end, or takes part in the one that another process runs in its folder.
 * `given` has the options that the user named: key, and name as the user knows it.
 * `stop.requested` may be set at any time: 1 finishes in order, 2 ends at once. Throws UserError for what the user
 * can mend; whatever happens, no process, lock or temporary file stays behind.
 */
export async function runCampaign(
  options: CampaignOptions,
  given: ReadonlyMap<string, string>,
  listener: CampaignListener,
  stop: { requested: StopRequest },
): Promise<CampaignEnd> {
  const newSeed = options.seed ?? randomInt(2 ** 32);
  const { campaignFolder } = options;
  const workdir = campaignFolder === null ? Workdir.named(newSeed, new Date()) : new Workdir(campaignFolder);
  const enter = (): Promise<CampaignEnd | undefined> =>
    openOrJoin(workdir, { options, given, folder: workdir.folder }, listener, stop);
  // A guest must not be asked for files that only the host needs; a new campaign must not make its folder for bad ones.
  const wasThere = workdir.isThere;
  const joined = wasThere ? await enter() : undefined;
  if (joined !== undefined) return joined;
  try {
    const inputs = await readInputs(options);
    const joinedLate = wasThere ? undefined : await enter();
    return joinedLate ?? (await host(workdir, options, newSeed, inputs, listener, stop));
  } finally {
    workdir.close();
  }
}

/** Bad files are refused here, before anything exists; the workers load them for themselves. */
async function readInputs(options: CampaignOptions): Promise<Inputs> {
  await loadGenerator(options);
  loadImports(options);
  // Only to see whether they load; the workers have threads of their own.
  new CustomMutators(options.mutators, null, { notice: () => undefined, refused: () => undefined }).stop();
  const known = [shippedKnownFile(leanPackage.leanVersion), ...options.known];
  return {
    solutionsFolder: writableFolder(options.solutionsFolder, 'solutions folder'),
    knownSignatures: known.flatMap(readKnownFile),
  };
}

/** Runs the campaign as its primary, in a folder that is open. */
async function host(
  workdir: Workdir,
  options: CampaignOptions,
  newSeed: number,
  inputs: Inputs,
  listener: CampaignListener,
  stop: { requested: StopRequest },
): Promise<CampaignEnd> {
  let database: CampaignDatabase | undefined;
  let guests: JoinHost | undefined;
  try {
    database = CampaignDatabase.open(workdir.database);
    const seed = options.seed ?? storedNumber(database, 'seed', newSeed);
    guests = await JoinHost.open(workdir, { ...options, seed }, listener);
    const target = await startTarget(options, zygoteOptionsOf(options), guests.listener, stop);
    try {
      const { solutionsFolder, knownSignatures } = inputs;
      const filled = { ...options, seed, knownSignatures };
      const parts = { options: filled, target, solutionsFolder, workdir, database, guests, stop };
      const summary = await new Campaign(parts).run();
      return { summary, stopOnSolution: options.stopOnSolution };
    } finally {
      await target.stop();
    }
  } catch (error) {
    await guests?.end(error);
    // A folder that was made for a campaign which never began holds nothing.
    if (options.campaignFolder === null && database?.countEntries() === 0) workdir.remove();
    throw error;
  } finally {
    await guests?.end();
    database?.close();
  }
}

function zygoteOptionsOf({ memoryLimitMiB, kernelMutant }: CampaignOptions): ZygoteOptions {
  const options = { ...defaultZygoteOptions, memoryLimitMiB };
  return kernelMutant === null ? options : { ...options, mutant: kernelMutant };
}
