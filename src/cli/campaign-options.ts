import { Option, type Command } from 'commander';
import type { CampaignOptions } from '../api/campaign.js';
import { readEnvironment } from '../options/environment.js';
import { checked, fillOptions, type GivenOptions } from '../options/fill-options.js';
import type { Form } from '../options/kinds.js';
import { optionEntries, optionTable, type OptionEntry } from '../options/option-table.js';
import { aboutOf, defaultOf, usageOf } from '../options/options-page.js';
import { never } from '../util/errors.js';
import { integer, milliseconds } from './parse.js';

type Key = keyof CampaignOptions;

/** The options that a command line comes to. */
export interface CommandLineOptions {
  readonly options: CampaignOptions;
  /**
   * Those that stand on the command line, or that the command itself insists on: key, and name as the user knows it.
   */
  readonly given: ReadonlyMap<string, string>;
}

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

/** Values of a command's line, then of variables, then the command's own defaults, then the table's. */
export function readCampaignOptions(command: Command, ownDefaults: GivenOptions = {}): CommandLineOptions {
  const values: Record<string, unknown> = { ...ownDefaults };
  const names = new Map<Key, string>();
  const given = new Map<Key, string>();
  for (const { key, name, value } of readEnvironment()) {
    values[key] = value;
    names.set(key, name);
  }
  for (const [key, { kind }] of optionEntries) {
    const value = valueOnLine(command, key);
    if (value === undefined) continue;
    values[key] = read(kind.form, flagOf(key), value);
    names.set(key, flagOf(key));
    given.set(key, flagOf(key));
  }
  return { options: fillOptions(values, (key) => names.get(key) ?? flagOf(key)), given };
}

/** The value of one option on a command's line, checked; undefined where it is not there. */
export function readOption<K extends Key>(command: Command, key: K): CampaignOptions[K] | undefined {
  const value = valueOnLine(command, key);
  return value === undefined
    ? undefined
    : checked(key, read(optionTable[key].kind.form, flagOf(key), value), flagOf(key));
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

/** A value from the command line; what it may be is checked with all the others. */
function read(form: Form, flag: string, value: unknown): unknown {
  switch (form.is) {
    case 'whole':
      return integer(flag, String(value), form.low, form.high);
    case 'time':
      return milliseconds(flag, String(value), form.orNone);
    case 'word':
      return value === true ? form.alone : value;
    case 'path':
    case 'engine':
    case 'paths':
    case 'words':
    case 'program':
    case 'switch':
    case 'object':
      return value;
    default:
      return never(form);
  }
}

function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
