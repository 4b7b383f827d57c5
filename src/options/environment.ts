import { existsSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { CampaignOptions } from '../api/campaign.js';
import { readBounded } from '../util/files.js';
import { optionEntries } from './option-table.js';

/** Bytes of a `.env` that is read. */
const mostBytes = 1 << 20;

/** A variable's content: the option that it stands in for, its name, and its value. */
export interface VariableValue {
  readonly key: keyof CampaignOptions;
  readonly name: string;
  readonly value: string;
}

/** The options that variables name, in the environment or else in a file `.env` in the current folder. */
export function readEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
  envFile = '.env',
): VariableValue[] {
  const fromFile = existsSync(envFile) ? parseEnv(readBounded(envFile, mostBytes).toString()) : {};
  return optionEntries.flatMap(([key, { variable: name }]) => {
    const value = name === undefined ? undefined : (environment[name] ?? fromFile[name]);
    return name === undefined || value === undefined || value === '' ? [] : [{ key, name, value }];
  });
}
