import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { CampaignListener, CampaignOptions } from '../api/campaign.js';
import { chooseLean, importsFor, kernelZygoteOf, leanOfRecord } from '../execute/native/chosen-lean.js';
import { findLean } from '../execute/native/toolchain.js';
import { warmUpJobs } from './warm-up-jobs.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../execute/zygote/zygote-options.js';
import { CustomMutators } from '../generate/custom/custom-mutators.js';
import { Dictionary } from '../generate/dictionary/dictionary.js';
import { loadGenerator } from '../generate/grammar/load-grammar.js';
import type { Lean, LeanIdentity } from '../api/lean.js';
import { knownDifferences } from '../judge/differential/known-changes.js';
import type { KnownSignature } from '../judge/known.js';
import { allOf } from '../api/listeners.js';
import { isNamed, nameIn, type Named, type Names } from '../options/named.js';
import { CampaignDatabase } from '../store/database.js';
import { readKnownFile } from '../store/known-file.js';
import { storedLean } from '../store/read-campaign.js';
import { limitsKey } from '../store/stored-limits.js';
import { Workdir } from '../store/workdir.js';
import { writableFolder } from '../store/writable-folder.js';
import { invalid } from '../util/errors.js';
import { asUserError } from '../util/machine-trouble.js';
import { aflStatistics } from './afl-statistics.js';
import type { CampaignEnd } from './campaign-end.js';
import { watchedCode } from './coverage/watched-code.js';
import { loadImports } from './imports/read-imports.js';
import { openOrJoin } from './join/open-or-join.js';
import { JoinHost } from './join/host.js';
import { deskOptionsOf } from './opinions/desk-options.js';
import type { DeskOptions } from './opinions/protocol.js';
import { forgetBeginning, hasKernel, keepKernel } from './own-kernel.js';
import { Campaign } from './primary.js';
import { keptOptions, namedAtResume, resumedOptions } from './resumed-options.js';
import { chooseLevel } from './choose-level.js';
import { storedNumber } from '../store/stored-values.js';
import { serve, type Served } from './serve/serve.js';
import type { Stop } from './stop.js';
import { planSync } from './sync/start-sync.js';
import { WorkerPool } from './supervise/worker-pool.js';
import { startTarget } from './supervise/target-host.js';

/** Inputs from the user's files, read and checked. */
interface Inputs {
  /** The level among them has been chosen. */
  readonly options: CampaignOptions;
  readonly solutionsFolder: string;
  /** Of the user's files. */
  readonly knownSignatures: readonly KnownSignature[];
  /** The Lean that is forked; undefined on the Lake target, which has its own. */
  readonly lean: Lean | undefined;
  /** How that Lean is booted. */
  readonly zygoteOptions: ZygoteOptions;
  /** Who is asked besides; undefined where nobody is. */
  readonly desk: DeskOptions | undefined;
}

/**
 * Runs a campaign to its end, or takes part in the one that another process runs in its folder.
 * `named` has the options that somebody named; what is only a setting gives way to what a campaign in the folder has.
 * `stop` may come at any time. Throws UserError for what the user can mend; whatever happens, no process, lock or
 * temporary file stays behind.
 */
export async function runCampaign(
  options: CampaignOptions,
  named: Named,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd> {
  const newSeed = options.seed ?? randomInt(2 ** 32);
  const { campaignFolder } = options;
  const workdir =
    campaignFolder === undefined ? Workdir.named(newSeed, new Date()) : new Workdir(campaignFolder);
  let served: Served | undefined;
  try {
    served = await serve(options, listener, (key) => nameIn(named, key));
    return await enterOrHost(workdir, options, named, newSeed, served.listener, stop);
  } catch (error) {
    // Whatever phase it comes from: the machine's trouble is one line.
    throw asUserError(error, 'campaign folder', workdir.folder);
  } finally {
    await served?.close();
  }
}

async function enterOrHost(
  workdir: Workdir,
  options: CampaignOptions,
  named: Named,
  newSeed: number,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd> {
  const enter = async (): Promise<CampaignEnd | undefined> => {
    // A guest's Lean is compared as what it is: the same one may be named in several ways.
    const lean = workdir.isThere ? await namedLean(options, named.given) : undefined;
    const settings = { options: withLean(options, lean), named, folder: workdir.folder };
    return openOrJoin(workdir, settings, listener, stop);
  };
  // A guest must not be asked for files that only the host needs; a new campaign must not make its folder for bad ones.
  const wasThere = workdir.isThere;
  const joined = wasThere ? await enter() : undefined;
  if (joined !== undefined) return joined;
  try {
    const resumed = wasThere ? resume(workdir, options, named, listener) : undefined;
    const inputs = await (resumed === undefined
      ? readInputs(options, undefined, named, listener, stop.signal)
      : readInputs(resumed.options, resumed, namedAtResume(named), listener, stop.signal));
    const joinedLate = wasThere ? undefined : await enter();
    return joinedLate ?? (await host(workdir, newSeed, inputs, listener, stop));
  } finally {
    workdir.close();
  }
}

/** A campaign that is resumed, with the options that it goes on with. Its folder may be anybody's. */
interface Resumed {
  readonly folder: string;
  readonly options: CampaignOptions;
  /** The Lean that it belongs to; undefined where it never came to one. */
  readonly lean: LeanIdentity | undefined;
}

/** The campaign that goes on in a folder; undefined where none is there, or its database keeps no options. */
function resume(
  { folder, database: path }: Workdir,
  options: CampaignOptions,
  named: Named,
  listener: CampaignListener,
): Resumed | undefined {
  if (!existsSync(path)) return undefined;
  const database = CampaignDatabase.open(path);
  try {
    const stored = database.getValue('options');
    if (stored === undefined) return undefined;
    const goesOn = resumedOptions(stored, options, named, (text) => listener.notice?.(text));
    return { folder, options: goesOn, lean: storedLean(database.getValue('lean')) };
  } finally {
    database.close();
  }
}

/**
 * Bad files are refused here, before anything exists; the workers load them for themselves. When the signal is aborted,
 * what only a running campaign needs is not made any more: the campaign ends, with its summary, before its Lean boots.
 */
async function readInputs(
  asked: CampaignOptions,
  resumed: Resumed | undefined,
  named: Named,
  listener: CampaignListener,
  signal: AbortSignal,
): Promise<Inputs> {
  const notice = (text: string): void => listener.notice?.(text);
  // Only to see whether they load; the workers have threads of their own.
  const mutators = new CustomMutators(asked.mutators, null, {
    notice: () => undefined,
    refused: () => undefined,
  });
  mutators.stop();
  const said: string[] = [];
  const choose = (at: CampaignOptions['level']): Promise<Lean | undefined> =>
    leanFor({ ...asked, level: at }, resumed, named, notice);
  const { level, lean } =
    resumed !== undefined || isNamed(named, 'level')
      ? { level: asked.level, lean: await choose(asked.level) }
      : await chooseLevel(asked, mutators.levels, choose, (text) => said.push(text), signal);
  const options = withLean({ ...asked, level }, lean);
  await loadGenerator(options);
  Dictionary.of(options.dictionaries);
  said.push(...loadImports(options).notes.map((note) => `import: ${note}`));
  // Not before: an option or a file that is refused above is told in one line, without these.
  said.forEach(notice);
  const codeMap = signal.aborted ? undefined : watchedCode(options, lean, isNamed(named, 'coverage'), notice);
  const isResumed = resumed !== undefined;
  return {
    options,
    lean,
    zygoteOptions: {
      ...(await zygoteOptionsOf(options, lean, signal)),
      ...(codeMap === undefined ? {} : { codeMap }),
    },
    desk: await deskOptionsOf(options, lean, isResumed, named, notice, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    }),
    solutionsFolder: writableFolder(options.solutionsFolder, 'solutions folder'),
    knownSignatures: options.known.flatMap(readKnownFile),
  };
}

/** Runs the campaign as its primary, in a folder that is open. */
async function host(
  workdir: Workdir,
  newSeed: number,
  inputs: Inputs,
  listener: CampaignListener,
  stop: Stop,
): Promise<CampaignEnd> {
  const { options } = inputs;
  let database: CampaignDatabase | undefined;
  let guests: JoinHost | undefined;
  let isNew = false;
  let campaign: Campaign | undefined;
  try {
    database = CampaignDatabase.open(workdir.database);
    const { codeMap } = inputs.zygoteOptions;
    const mutant = options.kernelMutant ?? null;
    isNew = !hasKernel(database);
    keepKernel(workdir.folder, database, { lean: inputs.lean, mutant, codeMap });
    const seed = options.seed ?? storedNumber(database, 'seed', newSeed);
    const knownSignatures = [...inputs.knownSignatures, ...knownDifferences()];
    const filled = { ...options, seed, knownSignatures };
    // Whoever resumes it goes on with them, also where it ends before its Lean has started.
    database.setValue('options', keptOptions(filled));
    const afl = aflStatistics(workdir.folder, (text) => listener.notice?.(text));
    guests = await JoinHost.open(workdir, { ...options, seed }, allOf(afl, listener));
    const target = await startTarget(options, inputs.lean, inputs.zygoteOptions, guests.listener, stop);
    try {
      keepKernel(workdir.folder, database, { lean: target.lean, mutant, codeMap });
      if (target.limits !== undefined) database.setValue(limitsKey, JSON.stringify(target.limits));
      const { desk, solutionsFolder } = inputs;
      const blocks = codeMap?.blocks.length ?? 0;
      const sync = planSync(filled, database);
      const parts = {
        options: filled,
        target,
        solutionsFolder,
        workdir,
        database,
        guests,
        stop,
        desk,
        sync,
        blocks,
      };
      const startPool = (...args: ConstructorParameters<typeof WorkerPool>): WorkerPool =>
        new WorkerPool(...args);
      campaign = new Campaign({ ...parts, startPool });
      return { summary: await campaign.run(), stopOnSolution: options.stopOnSolution };
    } finally {
      await target.stop();
    }
  } catch (error) {
    await guests?.end(error);
    // A folder that was made for a campaign which never began holds nothing, and one that was there belongs to no Lean.
    const neverBegan = isNew && campaign?.hasBegun !== true;
    if (neverBegan) forgetBeginning(database);
    if (neverBegan || (options.campaignFolder === undefined && isEmpty(database))) workdir.remove();
    throw error;
  } finally {
    await guests?.end();
    database?.close();
  }
}

/** Whether nothing is in a database; one that can't be asked may hold something. */
function isEmpty(database: CampaignDatabase | undefined): boolean {
  try {
    return database?.countEntries() === 0;
  } catch {
    return false;
  }
}

/** The Lean that the options name; undefined on the Lake target. */
async function leanFor(
  { target, lean: which, level, kernelMutant }: CampaignOptions,
  resumed: Resumed | undefined,
  { given, settings }: Named,
  notice: (text: string) => void,
): Promise<Lean | undefined> {
  const option = given.get('lean') ?? settings.get('lean');
  if (target === 'lake') {
    if (option !== undefined) throw invalid(option, which, 'none: the Lake target runs the Lean of its lake');
    return undefined;
  }
  const use = { level, mutant: kernelMutant ?? null };
  const isFromFile = option === undefined && resumed !== undefined;
  if (isFromFile && resumed.lean !== undefined)
    return leanOfRecord(resumed.folder, resumed.lean, use, '--lean');
  const { lean, notes } = await chooseLean(which, use, { ...(option && { option }), isFromFile });
  notes.forEach(notice);
  return lean;
}

/** The same for a guest, whose campaign knows what it is used for. */
async function namedLean({ target, lean: which }: CampaignOptions, given: Names): Promise<Lean | undefined> {
  const option = given.get('lean');
  if (target === 'lake' || option === undefined) return undefined;
  return (await findLean(which, { option })).lean;
}

/** The options with the Lean by the name that means it anywhere. */
function withLean(options: CampaignOptions, lean: Lean | undefined): CampaignOptions {
  if (lean === undefined) return options;
  return { ...options, lean: lean.kind === 'embedded' ? 'embedded' : lean.path };
}

async function zygoteOptionsOf(
  { memoryLimitMiB, kernelMutant, level }: CampaignOptions,
  lean: Lean | undefined,
  signal: AbortSignal,
): Promise<ZygoteOptions> {
  const warm = level === 'source' ? {} : { warmUp: warmUpJobs };
  const common = { ...defaultZygoteOptions, memoryLimitMiB, ...warm };
  if (lean === undefined) return common;
  const zygote = kernelZygoteOf(lean, kernelMutant ?? null);
  const imports = await importsFor(lean, level, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return {}; // it will not boot
  });
  return { ...common, ...zygote, ...imports };
}
