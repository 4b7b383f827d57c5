import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { LakeOptions } from '../api/lake.js';
import { findCheckers } from '../execute/lake/tools.js';
import { packageRoot } from '../util/package.js';

/** The template that comes with the package. */
export const ownTemplate = join(packageRoot, 'template');

/** Options of a native toolchain as commander leaves them. */
export interface RawLakeOptions {
  template: string;
  lake: string;
  comparator?: string;
  safeverify?: string;
  nanoda?: string;
  lean4export?: string;
}

/** Adds the options that name a native toolchain to a command. */
export function addLakeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--template <dir>', 'the Lake project to build in; it is never written to').default(
        ownTemplate,
        "the package's own",
      ),
    )
    .option('--lake <path>', 'the lake to run', 'lake')
    .option('--comparator <path>', 'comparator (or COMPARATOR_PATH in the environment or .env)')
    .option('--safeverify <path>', 'SafeVerify (or SAFEVERIFY_PATH)')
    .option('--nanoda <path>', 'a second kernel for comparator (or NANODA_PATH)')
    .option('--lean4export <path>', 'lean4export for comparator (or LEAN4EXPORT_PATH)');
}

/** The options checked; UserError (2) that names a checker that can't be run. */
export function lakeOptions(raw: RawLakeOptions): LakeOptions {
  const { comparator, safeverify, nanoda, lean4export } = raw;
  const named = { comparator, safeVerify: safeverify, nanoda, lean4export };
  const given = Object.fromEntries(Object.entries(named).filter(([, path]) => path !== undefined));
  return { template: raw.template, lake: raw.lake, checkers: findCheckers(given) };
}
