import type { CampaignOptions } from '../api/campaign.js';

type Key = keyof CampaignOptions;

/** Options that somebody has named, by key, each with its name as the user knows it. */
export type Names = ReadonlyMap<string, string>;

/** Who has named which options. */
export interface Named {
  /** On the command line, or by the program that calls: words about the campaign that is resumed or joined, too. */
  readonly given: Names;
  /** By a config file or the environment, for new campaigns; those that are given are not among them. */
  readonly settings: Names;
}

/** Whether anybody has named an option. */
export function isNamed({ given, settings }: Named, key: Key): boolean {
  return given.has(key) || settings.has(key);
}

/** An option's name as the user knows it. */
export function nameIn({ given, settings }: Named, key: Key): string {
  return given.get(key) ?? settings.get(key) ?? key;
}

/** The value that a config file or the environment has for an option. */
export interface Setting {
  readonly key: Key;
  /** As the user knows it: `lean-fuzz.config.json: depth`, `LEAN_FUZZ_DEPTH`. */
  readonly name: string;
  readonly from: 'file' | 'environment';
  readonly value: unknown;
}
