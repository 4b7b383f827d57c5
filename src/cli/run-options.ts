import { Option, type Command } from 'commander';
import type { CampaignOptions } from '../api/campaign.js';
import { bounds, campaignOptionTable } from '../options/campaign-options.js';
import { fillOptions } from '../options/fill-options.js';
import { invalid } from '../util/errors.js';
import { leanOption } from './lean-option.js';
import { addLakeOptions, lakeOptions, type RawLakeOptions } from './lake-options.js';
import { integer, milliseconds } from './parse.js';

/** Options of `run` and `ci` as commander leaves them. */
export interface RawRunOptions extends RawLakeOptions {
  cores?: string;
  time?: string;
  runs?: string;
  seed?: string;
  depth: string;
  grammar?: string;
  mutator: readonly string[];
  import?: string;
  campaign?: string;
  solutions: string;
  stopOnSolution?: string | boolean;
  known: string[];
  isolated: boolean;
  timeout?: string;
  memoryLimit: string;
  trace: boolean;
  kernelMutant?: string;
  level: string;
  target: string;
  lean: string;
  confirm: boolean;
}

/** Adds the options that a campaign takes to a command. */
export function addRunOptions(command: Command): Command {
  const withOptions = command
    .option('--cores <n>', 'workers, each with its own Lean (default: all cores)')
    .option('--time <time>', 'stop after this much fuzzing, e.g. 90s, 10m, 2h (default: no limit)')
    .option('--runs <n>', 'stop after this many candidates (default: no limit)')
    .option('--seed <n>', 'make the campaign repeatable (default: random, printed)')
    .option('--depth <n>', 'bound for the size of candidates', '15')
    .option(
      '--grammar <file>',
      'make Lean text from a plain grammar: .json, .mjs, .js, .ts (docs/grammars.md)',
    )
    .option(
      '--mutator <file>',
      'a custom mutator, may be repeated: .mjs, .js, .ts (docs/custom-mutators.md)',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--import <dir>', 'begin with the declarations of the .lean files below a folder')
    .option('--level <level>', 'what to fuzz: source, kernel, both', 'source')
    .option('--target <target>', 'where candidates run: embedded, or lake (a native toolchain)', 'embedded')
    .addOption(leanOption())
    .option(
      '--campaign <dir>',
      'keep the campaign here; resume what is there, or join what runs there (default: a new folder below campaigns/)',
    )
    .option('--solutions <dir>', 'one folder for each proof of False goes here', 'solutions')
    .option(
      '--stop-on-solution [which]',
      'stop at the first proof of False: any, or new (none that is known)',
    )
    .option('--known <file>', 'signatures that are no news, as JSON; may be given again', append, [])
    .option('--isolated', 'workers do not learn from each other', false)
    .option(
      '--timeout <time>',
      'wall-clock limit of one candidate (default: 10s), or of one command of the Lake target (default: 2m)',
    )
    .option('--no-confirm', 'do not confirm solutions on a native toolchain where there is one')
    .option('--memory-limit <MiB>', 'memory of one Lean instance', '1024')
    .option('--trace', 'write every candidate and its verdict to trace.ndjson in the campaign folder', false)
    .addOption(
      new Option('--kernel-mutant <name>', 'plant a known bug in the kernel, to test the fuzzer').hideHelp(),
    );
  return addLakeOptions(withOptions);
}

/** The options filled and checked, once, where they come in. */
export function campaignOptions(raw: RawRunOptions): CampaignOptions {
  const whole = (key: keyof typeof bounds, value: string | undefined): number | undefined => {
    const { flag } = campaignOptionTable[key];
    return value === undefined ? undefined : integer(flag, value, bounds[key].low, bounds[key].high);
  };
  const time = (flag: string, value: string | undefined): number | undefined =>
    value === undefined ? undefined : milliseconds(flag, value);
  const given: { [K in keyof CampaignOptions]: CampaignOptions[K] | undefined } = {
    cores: whole('cores', raw.cores),
    timeMillis: time('--time', raw.time),
    runs: whole('runs', raw.runs),
    seed: whole('seed', raw.seed),
    depth: whole('depth', raw.depth),
    grammar: raw.grammar,
    mutators: raw.mutator,
    importFolder: raw.import,
    // What is none of these is refused with all the others.
    target: raw.target as CampaignOptions['target'],
    lean: raw.lean,
    lake: lakeOptions(raw),
    confirm: raw.confirm,
    level: raw.level as CampaignOptions['level'],
    campaignFolder: raw.campaign,
    solutionsFolder: raw.solutions,
    stopOnSolution: stopOption(raw.stopOnSolution),
    known: raw.known,
    isolated: raw.isolated,
    jobMillis: time('--timeout', raw.timeout),
    memoryLimitMiB: whole('memoryLimitMiB', raw.memoryLimit),
    trace: raw.trace,
    kernelMutant: raw.kernelMutant as CampaignOptions['kernelMutant'],
  };
  return fillOptions(given, (key) => campaignOptionTable[key].flag);
}

/** Fields of CampaignOptions, and of the toolchain in it, whose option has another name. */
const fieldNames: Readonly<Record<string, string>> = {
  time: 'timeMillis',
  mutator: 'mutators',
  import: 'importFolder',
  campaign: 'campaignFolder',
  solutions: 'solutionsFolder',
  timeout: 'jobMillis',
  memoryLimit: 'memoryLimitMiB',
  safeverify: 'safeVerify',
};

/** The options that stand on the command line: the field that each fills, and its name. Defaults are not among them. */
export function givenOptions(command: Command): ReadonlyMap<string, string> {
  const named = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  return new Map(
    named.map((option) => {
      const attribute = option.attributeName();
      return [fieldNames[attribute] ?? attribute, option.long ?? attribute];
    }),
  );
}

/** The flag alone means any solution. */
function stopOption(value: string | boolean = false): CampaignOptions['stopOnSolution'] {
  if (typeof value === 'boolean') return value ? 'any' : 'off';
  if (value === 'any' || value === 'new') return value;
  throw invalid('--stop-on-solution', value, 'any or new');
}

function append(value: string, before: string[]): string[] {
  return [...before, value];
}
