import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Checkers } from '../../api/lake.js';
import { invalid } from '../../util/errors.js';

/** Where each checker is named: on the command line, and in the environment or a file `.env` in the current folder. */
const sources: Readonly<Record<keyof Checkers, { option: string; variable: string }>> = {
  comparator: { option: '--comparator', variable: 'COMPARATOR_PATH' },
  safeVerify: { option: '--safeverify', variable: 'SAFEVERIFY_PATH' },
  lean4export: { option: '--lean4export', variable: 'LEAN4EXPORT_PATH' },
  nanoda: { option: '--nanoda', variable: 'NANODA_PATH' },
};

/**
 * The checkers that the user names, as full paths. An option comes before the environment, and that before `.env`.
 * UserError (2) that names the option or the variable where one can't be run.
 */
export function findCheckers(
  options: Partial<Record<keyof Checkers, string>>,
  environment: NodeJS.ProcessEnv = process.env,
  envFile = '.env',
): Checkers {
  const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  const find = (name: keyof Checkers): string | null => {
    const { option, variable } = sources[name];
    const named = options[name];
    const path = named ?? environment[variable] ?? fromFile[variable];
    if (path === undefined || path === '') return null;
    if (!isExecutable(path)) throw invalid(named === undefined ? variable : option, path, 'a program');
    return resolve(path);
  };
  return {
    comparator: find('comparator'),
    safeVerify: find('safeVerify'),
    lean4export: find('lean4export'),
    nanoda: find('nanoda'),
  };
}

/** The full path of a program that is named by a path, or looked for on the PATH; undefined where it is not there. */
export function findProgram(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? resolve(name) : undefined;
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
