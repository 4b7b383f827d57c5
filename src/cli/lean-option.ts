import { Option, type Command } from 'commander';
import type { Lean } from '../api/lean.js';
import * as offline from '../campaign/offline/lean-of-finding.js';
import type { LeanUse } from '../execute/native/chosen-lean.js';
import { isNamed, nameIn } from '../options/named.js';
import { optionTable } from '../options/option-table.js';
import type { FindingFile } from '../store/finding-files.js';
import { readCampaignOptions } from './campaign-options.js';
import { printError } from './output.js';

export { useOfFinding } from '../campaign/offline/lean-of-finding.js';

const { about, byDefault } = optionTable.lean;

/** The option that names the Lean, for every command that boots one. */
export function leanOption(): Option {
  return new Option('--lean <which>', about).default(byDefault);
}

/** A Lean as it was named, and the name of the option, variable or key that did so. */
export interface NamedLean {
  readonly which: string;
  readonly option: string;
}

/** The Lean that a command runs: of its line, the environment or a config file, else the default. */
export async function readLean(command: Command): Promise<NamedLean> {
  const { options, named } = await readCampaignOptions(command, {}, ['lean']);
  return { which: options.lean, option: isNamed(named, 'lean') ? nameIn(named, 'lean') : '--lean' };
}

/** The same for a command that runs a finding: on the Lean that it was found on, where nothing else is said. */
export function leanOfFindingOption(): Option {
  return new Option('--lean <which>', `${about} (default: the one that it was found on)`);
}

/**
 * The Lean that --lean, or another option, names, for a use that it can serve; what the user should hear of it goes to
 * stderr.
 */
export function chosenLean(which: string, use: LeanUse, option = '--lean'): Promise<Lean> {
  return offline.chosenLean(which, use, option, printError);
}

/** The Lean for a finding. UserError (78) where the one that it was found on is not here as it was. */
export function leanOfFinding(file: FindingFile, which: string | undefined): Promise<Lean> {
  return offline.leanOfFinding(file, which, '--lean', printError);
}
