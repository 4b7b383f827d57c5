import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CampaignOptions } from '../api/campaign.js';
import { packageRoot } from '../util/package.js';
import {
  abortSignal,
  address,
  checkers,
  engineAddress,
  millis,
  millisOrNone,
  mutant,
  oneOf,
  onOff,
  path,
  paths,
  program,
  programName,
  text,
  texts,
  whole,
  type Kind,
} from './kinds.js';
import { levelChoices } from '../api/execution.js';

/**
 * Whose an option is. `campaign`: all terminals of a campaign have the same. `worker`: so it is, and every worker is
 * told. `guest`: each terminal has its own. `library`: only a program can give it.
 */
export type Scope = 'campaign' | 'worker' | 'guest' | 'library';

/** One row for each option: the command line, the library, guests, workers and docs/options.md read it here. */
export interface OptionEntry<K extends keyof CampaignOptions = keyof CampaignOptions> {
  readonly scope: Scope;
  /** On the command line; the library's own have none. */
  readonly flag?: string;
  /** Another flag for it, of one letter. */
  readonly short?: string;
  /** The argument behind the flag, such as `<n>`; a switch has nothing. */
  readonly argument?: string;
  /** Another variable than the flag's own that stands in for it, as other tools know it. */
  readonly variable?: string;
  readonly kind: Kind<NonNullable<CampaignOptions[K]>>;
  /** The unit of the value. */
  readonly unit?: string;
  /** Undefined is none. */
  readonly byDefault: CampaignOptions[K];
  /** The default in words, where the value does not say it. */
  readonly defaultText?: string;
  /** Whether `--help` leaves it out. */
  readonly hidden?: true;
  /**
   * A campaign that is resumed goes on with what it had of its own and its workers' options, where nobody names
   * another: `fixed` may not be another, `each run` is not kept.
   */
  readonly resumed?: 'fixed' | 'each run';
  readonly about: string;
}

const none = { byDefault: undefined, defaultText: 'none' } as const;

/** Milliseconds that a candidate of the Lake target may take: it builds. Elsewhere the table's default holds. */
export const lakeJobMillis = 120_000;

/** Every option of a campaign, in the order in which `--help` has them. */
export const optionTable = {
  cores: {
    ...{ scope: 'guest', flag: '--cores', argument: '<n>' },
    // A region of 2 GiB has room for so many slots of workers.
    kind: whole(1, 255),
    ...{ unit: 'workers', byDefault: availableParallelism(), defaultText: 'all cores' },
    about: 'workers, each with a Lean of its own',
  },
  timeMillis: {
    ...{ scope: 'guest', flag: '--time', argument: '<time>', kind: millis, unit: 'ms' },
    ...{ byDefault: undefined, defaultText: 'no limit' },
    about: 'stop after this much fuzzing, such as 90s, 10m or 2h',
  },
  runs: {
    ...{ scope: 'campaign', flag: '--runs', argument: '<n>', kind: whole(1, Number.MAX_SAFE_INTEGER) },
    ...{ unit: 'candidates', byDefault: undefined, defaultText: 'no limit' },
    resumed: 'each run',
    about: 'stop after this many candidates',
  },
  seed: {
    ...{ scope: 'worker', flag: '--seed', argument: '<n>', kind: whole(0, Number.MAX_SAFE_INTEGER) },
    ...{ byDefault: undefined, defaultText: 'random' },
    resumed: 'fixed',
    about: 'makes a campaign with one worker repeatable',
  },
  depth: {
    ...{ scope: 'worker', flag: '--depth', argument: '<n>', kind: whole(1, 1000), byDefault: 15 },
    about: 'bound for the size of candidates',
  },
  level: {
    ...{ scope: 'worker', flag: '--level', argument: '<level>' },
    ...{ kind: oneOf(levelChoices), byDefault: 'both' },
    defaultText: 'both, or the one that grammar, mutators, target and Lean are for',
    about: 'what is fuzzed: source (Lean text), kernel (declarations), or both, by what each yields',
  },
  lean: {
    ...{ scope: 'campaign', flag: '--lean', argument: '<which>', kind: text, byDefault: 'auto' },
    about:
      'the Lean that runs: embedded, auto (the toolchain that elan means here, else embedded), a toolchain by name (4.35.0) or folder, or a folder with its libraries',
  },
  against: {
    ...{ scope: 'campaign', flag: '--against', argument: '<which>', kind: texts },
    ...{ byDefault: [], defaultText: 'none' },
    about: 'another Lean, named as for --lean, that is asked what the kernel level asks; may be given again',
  },
  checkers: {
    ...{ scope: 'campaign', flag: '--checker', argument: '<name=command>', kind: checkers },
    ...{ byDefault: [], defaultText: 'those beside the Lean' },
    about: 'another kernel that reads exports, as NAME=COMMAND with the file in $IN; may be given again',
  },
  coverage: {
    ...{ scope: 'campaign', flag: '--coverage', argument: '<what>' },
    ...{ kind: oneOf(['kernel', 'off']), byDefault: 'kernel' },
    about: "kernel: which code of a native Lean's kernel is reached guides the search; off: it does not",
  },
  grammar: {
    ...{ scope: 'worker', flag: '--grammar', argument: '<file>', kind: path, ...none },
    about: 'makes Lean text from a plain grammar: .json, .mjs, .js or .ts (docs/grammars.md)',
  },
  mutators: {
    ...{ scope: 'worker', flag: '--mutator', argument: '<file>', kind: paths },
    ...{ byDefault: [], defaultText: 'none' },
    about: 'a custom mutator, may be given again: .mjs, .js or .ts (docs/custom-mutators.md)',
  },
  dictionaries: {
    ...{ scope: 'worker', flag: '--dictionary', short: '-x', argument: '<file>', kind: paths },
    ...{ byDefault: [], defaultText: 'none' },
    about:
      "names, literals, levels and snippets to put into candidates, in AFL++'s syntax; may be given again (docs/dictionaries.md)",
  },
  importFolder: {
    ...{ scope: 'worker', flag: '--import', argument: '<path>', kind: path, ...none },
    resumed: 'each run',
    about:
      'begin with what is there: .lean, .ndjson (lean4export) and .entry files, in folders or alone, or another campaign',
  },
  campaignFolder: {
    ...{ scope: 'guest', flag: '--campaign', argument: '<dir>', kind: path },
    ...{ byDefault: undefined, defaultText: 'a new folder below campaigns/' },
    about: 'keep the campaign here; resume what is there, or join what runs there',
  },
  solutionsFolder: {
    ...{ scope: 'campaign', flag: '--solutions', argument: '<dir>', kind: path, byDefault: 'solutions' },
    about: 'one folder for each proof of False goes here',
  },
  stopOnSolution: {
    ...{ scope: 'guest', flag: '--stop-on-solution', argument: '[which]' },
    ...{ kind: oneOf(['off', 'any', 'new'], 'any'), byDefault: 'off' },
    about: 'stop at the first proof of False: any, or new (none that is known)',
  },
  known: {
    ...{ scope: 'campaign', flag: '--known', argument: '<file>', kind: paths },
    ...{ byDefault: [], defaultText: 'none' },
    about: 'signatures that are no news, as JSON; may be given again',
  },
  isolated: {
    ...{ scope: 'worker', flag: '--isolated', kind: onOff, byDefault: false },
    about: 'workers learn nothing from each other',
  },
  sync: {
    ...{ scope: 'campaign', flag: '--sync', argument: '<url>', kind: engineAddress, ...none },
    // A password is never stored.
    resumed: 'each run',
    about: 'share the campaign with other machines by a Redis or Valkey (docs/many-machines.md)',
  },
  syncFolder: {
    ...{ scope: 'campaign', flag: '--sync-dir', argument: '<dir>', kind: path, ...none },
    resumed: 'each run',
    about: 'share the campaign with other machines by a folder that all of them see',
  },
  syncDirection: {
    ...{ scope: 'campaign', flag: '--sync-direction', argument: '<which>' },
    ...{ kind: oneOf(['both', 'up', 'down']), byDefault: 'both' },
    about: 'up: only give to other machines; down: only take from them',
  },
  syncMillis: {
    ...{ scope: 'campaign', flag: '--sync-interval', argument: '<time>', kind: millis, unit: 'ms' },
    ...{ byDefault: undefined, defaultText: '1s; 10s for a folder' },
    about: 'time between two exchanges with other machines',
  },
  syncBandwidth: {
    ...{ scope: 'campaign', flag: '--sync-bandwidth', argument: '<KiB>', kind: whole(1, 1 << 22) },
    ...{ unit: 'KiB/s', byDefault: 1024 },
    about: 'bound for entries that are given and taken in a second, each way',
  },
  syncKeep: {
    ...{ scope: 'campaign', flag: '--sync-keep', argument: '<MiB>', kind: whole(1, 1 << 20) },
    ...{ unit: 'MiB', byDefault: 256 },
    about: 'entries that a Redis or Valkey keeps for machines that come late',
  },
  syncLimits: {
    ...{ scope: 'campaign', flag: '--sync-limits', argument: '[whose]' },
    ...{ kind: oneOf(['own', 'all'], 'all'), byDefault: 'own', resumed: 'each run' },
    about:
      'whether --time, --runs and --stop-on-solution hold for this machine, or for all machines together',
  },
  collect: {
    ...{ scope: 'campaign', flag: '--collect', argument: '[which]' },
    ...{ kind: oneOf(['auto', 'on', 'off'], 'on'), byDefault: 'auto' },
    about:
      'write the findings of all machines into the folders of this one; auto: where it was the first machine',
  },
  jobMillis: {
    ...{ scope: 'worker', flag: '--timeout', argument: '<time>', kind: millis, unit: 'ms' },
    ...{ byDefault: 10_000, defaultText: '10s; 2m for a command of the Lake target' },
    about:
      'time of one candidate (of processor time, while it runs), or of one command of the Lake target by the clock',
  },
  memoryLimitMiB: {
    ...{ scope: 'campaign', flag: '--memory-limit', argument: '<MiB>', kind: whole(256, 2048) },
    ...{ unit: 'MiB', byDefault: 1024 },
    about: 'memory of one Lean',
  },
  trace: {
    ...{ scope: 'worker', flag: '--trace', kind: onOff, byDefault: false },
    about: "write every candidate and its verdict to trace.ndjson in the campaign's folder",
  },
  kernelMutant: {
    ...{ scope: 'campaign', flag: '--kernel-mutant', argument: '<name>', kind: mutant },
    ...{ ...none, hidden: true },
    resumed: 'fixed',
    about: 'plants a known bug in the kernel, to test the fuzzer',
  },
  target: {
    ...{ scope: 'campaign', flag: '--target', argument: '<target>' },
    ...{ kind: oneOf(['embedded', 'lake']), byDefault: 'embedded' },
    resumed: 'fixed',
    about:
      'where candidates run: embedded (forks of a booted Lean), or lake (`lake build` on a native toolchain)',
  },
  minimizeMillis: {
    ...{ scope: 'campaign', flag: '--minimize-time', argument: '<time>', kind: millisOrNone, unit: 'ms' },
    ...{ byDefault: 20_000, defaultText: '20s' },
    about: 'make the findings smaller at the end, for this long at most; 0 leaves them',
  },
  confirm: {
    ...{ scope: 'campaign', flag: '--no-confirm', kind: onOff, byDefault: true },
    about: 'do not have solutions confirmed on a native toolchain, where there is one',
  },
  template: {
    ...{ scope: 'campaign', flag: '--template', argument: '<dir>', kind: path },
    ...{ byDefault: join(packageRoot, 'template'), defaultText: "the package's own" },
    about: 'the Lake project to build in; it is never written to',
  },
  lake: {
    ...{ scope: 'campaign', flag: '--lake', argument: '<path>', kind: programName, byDefault: 'lake' },
    about: 'the lake to run',
  },
  comparator: {
    ...{ scope: 'campaign', flag: '--comparator', argument: '<path>', kind: program, ...none },
    ...{ variable: 'COMPARATOR_PATH', about: 'comparator' },
  },
  safeVerify: {
    ...{ scope: 'campaign', flag: '--safeverify', argument: '<path>', kind: program, ...none },
    ...{ variable: 'SAFEVERIFY_PATH', about: 'SafeVerify' },
  },
  lean4export: {
    ...{ scope: 'campaign', flag: '--lean4export', argument: '<path>', kind: program, ...none },
    ...{ variable: 'LEAN4EXPORT_PATH', about: 'lean4export, for comparator' },
  },
  metrics: {
    ...{ scope: 'guest', flag: '--metrics', argument: '<address>', kind: address(), ...none },
    about: 'numbers for Prometheus at this address while it runs; a port alone is for this machine only',
  },
  dashboard: {
    ...{ scope: 'guest', flag: '--dashboard', argument: '[address]', kind: address('0'), ...none },
    about:
      'the report page at this address while it runs, for this machine only where none or a port alone is named',
  },
  signal: {
    ...{ scope: 'library', kind: abortSignal, ...none },
    about: 'ends the campaign in order when it is aborted, also while Lean boots',
  },
} as const satisfies { readonly [K in keyof CampaignOptions]: OptionEntry<K> };

/** The options of some scopes. */
export type KeyOf<S extends Scope> = {
  [K in keyof CampaignOptions]-?: (typeof optionTable)[K]['scope'] extends S ? K : never;
}[keyof CampaignOptions];

/** The table's rows, by key. */
export const optionEntries = Object.entries(optionTable) as readonly (readonly [
  keyof CampaignOptions,
  OptionEntry,
])[];

/** The variables of the environment, or lines of `.env`, that stand in for a flag; the first one that is there counts. */
export function variablesOf({ flag, variable }: OptionEntry): readonly string[] {
  if (flag === undefined) return [];
  const own = flag.replace(/^--(no-)?/, '').replaceAll('-', '_');
  return [`LEAN_FUZZ_${own.toUpperCase()}`, ...(variable === undefined ? [] : [variable])];
}

/** The keys of some scopes. */
export function keysOf<S extends Scope>(...scopes: readonly S[]): readonly KeyOf<S>[] {
  const keys = optionEntries.filter(([, { scope }]) => (scopes as readonly Scope[]).includes(scope));
  return keys.map(([key]) => key as KeyOf<S>);
}

/** The keys of what a resumed campaign goes on with. */
export const resumedKeys: readonly KeyOf<'campaign' | 'worker'>[] = keysOf('campaign', 'worker').filter(
  (key) => (optionTable[key] as OptionEntry).resumed !== 'each run',
);

/** The part of the options that workers are told. */
export function workerOptions(options: CampaignOptions): Pick<CampaignOptions, KeyOf<'worker'>> {
  const told = keysOf('worker').map((key) => [key, options[key]] as const);
  return Object.fromEntries(told) as unknown as Pick<CampaignOptions, KeyOf<'worker'>>;
}
