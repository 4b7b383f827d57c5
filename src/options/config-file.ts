import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignOptions } from '../api/campaign.js';
import { didYouMean } from '../util/closest.js';
import { invalid } from '../util/errors.js';
import { readBounded } from '../util/files.js';
import { asReadError } from '../util/machine-trouble.js';
import { importDefault } from '../util/user-module.js';
import type { Setting } from './named.js';
import { optionEntries, type OptionEntry } from './option-table.js';
import { fromWords } from './parse.js';

/** The names that a config file may have; a folder has one of them at most. */
export const configNames = ['json', 'js', 'mjs', 'ts'].map((ending) => `lean-fuzz.config.${ending}`);

/** Bytes of a config file that is read. */
const mostBytes = 1 << 20;

/** The content of a config file: options by their names in the library; a time may be said as `10m`, too. */
export type ConfigFile = {
  readonly [K in Exclude<keyof CampaignOptions, 'signal'>]?:
    CampaignOptions[K] | (K extends `${string}Millis` ? string : never) | undefined;
};

/** Types an object as a {@link ConfigFile}: `export default defineConfig({ level: 'kernel', timeMillis: '10m' })`. */
export function defineConfig(config: ConfigFile): ConfigFile {
  return config;
}

/** The options that a folder's config file names; none where there is no such file. UserError (2) for a bad one. */
export async function readConfigFile(folder = '.'): Promise<Setting[]> {
  const [file, second] = configNames.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (file === undefined) return [];
  if (second !== undefined) throw invalid('config file', second, `one in a folder, and ${file} is there`);
  const value = file.endsWith('.json') ? readJson(file) : await importDefault('config file', file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(file, value, 'an object of options');
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]: [string, unknown]) => settingOf(file, key, one));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readBounded(file, mostBytes).toString());
  } catch (error) {
    throw asReadError(error, 'configuration', file, `${file}: no JSON`);
  }
}

function settingOf(file: string, key: string, value: unknown): Setting {
  const entry = fileEntries.find(([one]) => one === key);
  if (entry === undefined) throw invalid(file, key, `an option as docs/options.md names it${meant(key)}`);
  const [known, { kind }] = entry;
  const name = `${file}: ${key}`;
  const isTime = kind.form.is === 'time' && typeof value === 'string';
  return { key: known, name, from: 'file', value: isTime ? fromWords(kind.form, name, value) : value };
}

const fileEntries: readonly (readonly [keyof CampaignOptions, OptionEntry])[] = optionEntries.filter(
  ([, { scope }]) => scope !== 'library',
);

/** Says which key a misspelt one may be; a flag's name is not always the library's. */
function meant(key: string): string {
  const byFlag = fileEntries.find(([, { flag = '' }]) => flag.replace(/^--(no-)?/, '') === key)?.[0];
  if (byFlag !== undefined) return `; did you mean ${byFlag}?`;
  return didYouMean(
    key,
    fileEntries.map(([one]) => one),
  );
}
