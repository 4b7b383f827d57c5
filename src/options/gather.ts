import type { CampaignOptions } from '../api/campaign.js';
import { readConfigFile } from './config-file.js';
import { readEnvironment } from './environment.js';
import { fillOptions, withoutOverruled, type GivenOptions } from './fill-options.js';
import type { Named, Setting } from './named.js';

type Key = keyof CampaignOptions;

/** Where a value comes from; each comes before those in front of it. */
const sources = ['default', 'file', 'environment', 'command line'] as const;
export type Source = (typeof sources)[number];

/** Options of all sources together. */
export interface Gathered {
  readonly options: CampaignOptions;
  readonly named: Named;
  /** Where each value comes from; what is not here is a default. */
  readonly sourceOf: ReadonlyMap<Key, Source>;
  /** Notes for the user, a line each: variables that name no option, and options that are not used. */
  readonly notes: readonly string[];
}

/** A value of a command's line, and the flag that has it. */
export interface OnLine {
  readonly key: Key;
  readonly flag: string;
  readonly value: unknown;
}

/** Options from the current folder's config file and from the environment; the environment's come last. */
export async function readSettings(): Promise<{ settings: Setting[]; notes: readonly string[] }> {
  const file = await readConfigFile();
  const { settings, notes } = readEnvironment();
  return { settings: [...file, ...settings], notes };
}

/**
 * The options of a command: its line, then the environment, then a config file, then what the command has of its own,
 * then the table's defaults. Only options of the command count. UserError (2) that names the value's place.
 */
export async function gatherOptions(
  line: readonly OnLine[],
  flagOf: (key: Key) => string,
  ownDefaults: GivenOptions = {},
  isOwn: (key: Key) => boolean = () => true,
): Promise<Gathered> {
  const values: Record<string, unknown> = { ...ownDefaults };
  const sourceOf = new Map<Key, Source>();
  const read = await readSettings();
  const settings = new Map<Key, string>();
  for (const { key, name, from, value } of read.settings) {
    if (!isOwn(key)) continue;
    values[key] = value;
    settings.set(key, name);
    sourceOf.set(key, from);
  }
  const given = new Map<Key, string>();
  for (const { key, flag, value } of line) {
    values[key] = value;
    settings.delete(key);
    given.set(key, flag);
    sourceOf.set(key, 'command line');
  }
  const nameOf = (key: Key): string => given.get(key) ?? settings.get(key) ?? flagOf(key);
  const notes = [...read.notes];
  const rank = (key: Key): number => sources.indexOf(sourceOf.get(key) ?? 'default');
  const kept = withoutOverruled(values, rank, (loser, winner) => {
    notes.push(`${nameOf(loser)} is not used: it does not go with ${nameOf(winner)}`);
    settings.delete(loser);
    sourceOf.delete(loser);
  });
  return { options: fillOptions(kept, nameOf), named: { given, settings }, sourceOf, notes };
}
