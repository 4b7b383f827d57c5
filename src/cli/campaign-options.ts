import { Option, type Command } from 'commander';
import type { CampaignOptions } from '../api/campaign.js';
import type { GivenOptions } from '../options/fill-options.js';
import { gatherOptions, type Gathered, type OnLine } from '../options/gather.js';
import { optionEntries, optionTable, variablesOf, type OptionEntry } from '../options/option-table.js';
import { aboutOf, defaultOf, usageOf } from '../options/options-page.js';
import { fromWords } from '../options/parse.js';
import { printError } from './output.js';

type Key = keyof CampaignOptions;

/** The options that a command comes to. What it insists on itself may be added to `named.given`. */
export type CommandLineOptions = Omit<Gathered, 'notes'>;

/** The options of a native toolchain. */
export const toolchainKeys = [
  'template',
  'lake',
  'comparator',
  'safeVerify',
  'checkers',
  'lean4export',
] as const satisfies readonly Key[];

/** Adds options of the table to a command; all of them, where none are named. */
export function addCampaignOptions(command: Command, keys?: readonly Key[]): Command {
  for (const [key, entry] of optionEntries)
    if (entry.flag !== undefined && (keys?.includes(key) ?? true)) {
      command.addOption(commandOption(key));
      if (entry.kind.form.is === 'switch') command.addOption(new Option(oppositeOf(entry.flag)).hideHelp());
    }
  return command;
}

/** The flag that takes a switch back, as a campaign or a file may have set it. */
function oppositeOf(flag: string): string {
  return flag.startsWith('--no-') ? flag.replace('--no-', '--') : flag.replace('--', '--no-');
}

/** An option of the table as commander wants it. */
export function commandOption(key: Key): Option {
  const entry: OptionEntry = optionTable[key];
  const isSwitch = entry.kind.form.is === 'switch';
  const about = isSwitch ? aboutOf(entry) : `${aboutOf(entry)} (default: ${defaultOf(entry)})`;
  const option = new Option(usageOf(entry), about).hideHelp(entry.hidden === true);
  const { is } = entry.kind.form;
  return is === 'paths' || is === 'words' ? option.argParser(append) : option;
}

/**
 * Values of a command's line, then of the environment, then of a config file, then the command's own defaults, then the
 * table's. `keys` are the options that the command has of the table, where it has others of the same name.
 */
export async function readCampaignOptions(
  command: Command,
  ownDefaults: GivenOptions = {},
  keys?: readonly Key[],
): Promise<CommandLineOptions> {
  const isOwn = (key: Key): boolean =>
    keys?.includes(key) ?? command.options.some(({ long }) => long === flagOf(key));
  const line = optionEntries.flatMap(([key, { kind }]): OnLine[] => {
    if (!isOwn(key)) return [];
    const value = valueOnLine(command, key);
    const flag = flagOf(key);
    return value === undefined ? [] : [{ key, flag, value: fromWords(kind.form, flag, value) }];
  });
  const gathered = await gatherOptions(line, flagOf, ownDefaults, isOwn);
  // It may hold a password, and every process that is started from here on would get it.
  for (const name of variablesOf(optionTable.sync)) Reflect.deleteProperty(process.env, name);
  gathered.notes.forEach(printError);
  return gathered;
}

function flagOf(key: Key): string {
  return (optionTable[key] as OptionEntry).flag ?? key;
}

/** The value that commander has from the command line for an option; undefined where it is not there. */
function valueOnLine(command: Command, key: Key): unknown {
  const option = command.options.find(({ long }) => long === flagOf(key));
  const attribute = option?.attributeName();
  if (attribute === undefined || command.getOptionValueSource(attribute) !== 'cli') return undefined;
  return command.getOptionValue(attribute);
}

function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
