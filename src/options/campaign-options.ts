import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { CampaignOptions, KernelMutantName } from '../api/campaign.js';
import { packageRoot } from '../util/package.js';

/** What is said of an option, once: the command line, the library, guests and docs/options.md read it here. */
export interface OptionEntry<K extends keyof CampaignOptions = keyof CampaignOptions> {
  readonly flag: string;
  readonly schema: z.ZodType<CampaignOptions[K]>;
  /** The values that it may have, for messages. */
  readonly expected: string;
  readonly byDefault: CampaignOptions[K];
  /** The default in words, where the value does not say it. */
  readonly defaultText?: string;
  /** `campaign`: all terminals of a campaign have the same. `terminal`: each has its own. */
  readonly scope: 'campaign' | 'terminal';
  readonly about: string;
}

/** What an option may be. */
interface Values<T> {
  readonly schema: z.ZodType<T>;
  readonly expected: string;
}

/** Whole numbers from low to high. */
function whole(low: number, high: number): Values<number> & { readonly low: number; readonly high: number } {
  return { schema: z.int().min(low).max(high), expected: `a whole number from ${low} to ${high}`, low, high };
}

function oneOf<T extends string>(...values: readonly [T, ...T[]]): Values<T> {
  const expected = [values.slice(0, -1).join(', '), ...values.slice(-1)]
    .filter((part) => part !== '')
    .join(' or ');
  return { schema: z.custom<T>((value) => values.includes(value as T)), expected };
}

const mutantName = /^(positivity|\w+\+0x[0-9a-fA-F]{1,7})$/;

/** Where null stands for an option that is not given. */
function orNone<T>(values: Values<T>): Values<T | null> {
  return { ...values, schema: values.schema.nullable() };
}

const millis = { schema: z.number().min(1), expected: 'a number of milliseconds from 1' };
const text = { schema: z.string().min(1), expected: 'a text that is not empty' };
const path = { schema: z.string().min(1), expected: 'a path' };
const paths = { schema: z.array(z.string().min(1)).readonly(), expected: 'a list of paths' };
const flag = { schema: z.boolean(), expected: 'true or false' };
const mutant = {
  schema: z.custom<KernelMutantName>((value) => typeof value === 'string' && mutantName.test(value)),
  expected: 'positivity, or SYMBOL+0xOFFSET of a branch of a native kernel',
};
const checker = z.string().min(1).nullable();
const lake = {
  schema: z.object({
    template: z.string().min(1),
    lake: z.string().min(1),
    checkers: z.object({ comparator: checker, safeVerify: checker, lean4export: checker, nanoda: checker }),
  }),
  expected: 'an object with template, lake and checkers',
};
const campaign = { scope: 'campaign' } as const;
const terminal = { scope: 'terminal' } as const;
const none = { byDefault: null, defaultText: 'none' } as const;

/** Whole numbers with bounds, by option. */
export const bounds = {
  /** Worker slots that a region of 2 GiB has room for. */
  cores: whole(1, 255),
  runs: whole(1, Number.MAX_SAFE_INTEGER),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  depth: whole(1, 1000),
  memoryLimitMiB: whole(256, 2048),
} as const;

/** Milliseconds that a candidate of the Lake target may take: it builds. Elsewhere the table's default holds. */
export const lakeJobMillis = 120_000;

/** Every option of a campaign. */
export const campaignOptionTable: { readonly [K in keyof CampaignOptions]: OptionEntry<K> } = {
  cores: {
    ...{ ...terminal, ...bounds.cores, flag: '--cores', byDefault: availableParallelism() },
    ...{ defaultText: 'all cores', about: 'workers, each with a Lean of its own' },
  },
  timeMillis: {
    ...{ ...terminal, ...orNone(millis), ...none, flag: '--time', defaultText: 'no limit' },
    about: 'fuzzing time',
  },
  runs: {
    ...{ ...campaign, ...orNone(bounds.runs), ...none, flag: '--runs', defaultText: 'no limit' },
    about: 'candidates to run',
  },
  seed: {
    ...{ ...campaign, ...orNone(bounds.seed), ...none, flag: '--seed', defaultText: 'random' },
    about: 'makes a campaign with one worker repeatable',
  },
  depth: {
    ...campaign,
    ...bounds.depth,
    flag: '--depth',
    byDefault: 15,
    about: 'bound for the size of candidates',
  },
  grammar: {
    ...campaign,
    ...orNone(path),
    ...none,
    flag: '--grammar',
    about: 'a plain grammar for the source level',
  },
  mutators: {
    ...{ ...campaign, ...paths, flag: '--mutator', byDefault: [], defaultText: 'none' },
    about: 'files of custom mutators',
  },
  importFolder: {
    ...campaign,
    ...orNone(path),
    ...none,
    flag: '--import',
    about: 'a folder of Lean files to begin with',
  },
  target: {
    ...{ ...campaign, ...oneOf('embedded', 'lake'), flag: '--target', byDefault: 'embedded' as const },
    about: 'where candidates run: in forks of a booted Lean, or by `lake build`',
  },
  lean: { ...campaign, ...text, flag: '--lean', byDefault: 'auto', about: 'the Lean that is fuzzed' },
  lake: {
    ...{ ...campaign, ...lake, flag: '--lake', defaultText: "`lake`, and the package's own template" },
    byDefault: {
      template: join(packageRoot, 'template'),
      lake: 'lake',
      checkers: { comparator: null, safeVerify: null, lean4export: null, nanoda: null },
    },
    about: 'the native toolchain and its checkers; `--template`, `--comparator` and so on',
  },
  confirm: {
    ...{ ...campaign, ...flag, flag: '--no-confirm', byDefault: true, defaultText: 'confirm' },
    about: 'have solutions confirmed by a native toolchain, where there is one',
  },
  level: {
    ...{ ...campaign, ...oneOf('source', 'kernel', 'both'), flag: '--level', byDefault: 'source' as const },
    about: 'what is fuzzed',
  },
  campaignFolder: {
    ...{ ...terminal, ...orNone(path), ...none, flag: '--campaign', defaultText: 'a new folder' },
    about: "the campaign's folder: resumed, or joined where one runs",
  },
  solutionsFolder: {
    ...campaign,
    ...path,
    flag: '--solutions',
    byDefault: 'solutions',
    about: 'where solutions go',
  },
  stopOnSolution: {
    ...{ ...terminal, ...oneOf('off', 'any', 'new'), flag: '--stop-on-solution', byDefault: 'off' as const },
    about: 'stop at the first solution, or at the first that is new',
  },
  known: {
    ...{ ...campaign, ...paths, flag: '--known', byDefault: [], defaultText: 'none' },
    about: 'files of signatures that are no news',
  },
  isolated: {
    ...campaign,
    ...flag,
    flag: '--isolated',
    byDefault: false,
    about: 'workers learn nothing from each other',
  },
  jobMillis: {
    ...{ ...campaign, ...millis, flag: '--timeout', byDefault: 10_000 },
    ...{
      defaultText: '10 s; 2 min for a command of the Lake target',
      about: 'wall-clock limit of a candidate',
    },
  },
  memoryLimitMiB: {
    ...{ ...campaign, ...bounds.memoryLimitMiB, flag: '--memory-limit', byDefault: 1024 },
    about: 'MiB of memory that one Lean may use',
  },
  trace: {
    ...campaign,
    ...flag,
    flag: '--trace',
    byDefault: false,
    about: 'write every candidate to trace.ndjson',
  },
  kernelMutant: {
    ...{ ...campaign, ...orNone(mutant), ...none, flag: '--kernel-mutant' },
    about: 'a planted kernel bug, for tests',
  },
};
