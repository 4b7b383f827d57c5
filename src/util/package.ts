import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds this package's package.json, from src/ and from dist/ alike. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** This package's version. */
export const packageVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

/** The compiled form of a module below src/, for processes that have to be started from a file. */
export function entryPoint(module: string): string {
  return join(packageRoot, 'dist', module);
}

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${start}`);
  }
}
