import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { makeFolder } from './make-folder.js';

/** Where prepared files are kept: LEAN_FUZZ_CACHE, or lean-fuzz below the user's cache folder. */
export function cacheFolder(): string {
  const named = process.env['LEAN_FUZZ_CACHE'] ?? '';
  return named === '' ? envPaths('lean-fuzz', { suffix: '' }).cache : named;
}

/** Where it has files that are made by a rename, besides itself. */
const foldersWithin = ['core', 'code-maps', 'libraries', 'named-leans', 'objects', 'toolchains'];

/**
 * Fills a temporary folder and renames it: one who dies half-way leaves nothing that looks finished, and what he left
 * is taken away by the next who publishes beside it, or starts a Lean.
 */
export async function publish(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await removeLeftovers(dirname(target));
  const temporary = temporaryFor(target);
  await rm(temporary, { recursive: true, force: true });
  makeFolder(temporary);
  try {
    await fill(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Keeps a file that can be made again: a cache that can't be written costs the time for that, and no error. */
export function keepIfPossible(file: string, content: string): void {
  const temporary = temporaryFor(file);
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // Where there is no such folder, nothing was left in it.
    }
  }
}

/** Takes away what processes that have ended have half made anywhere in the cache; what can't be taken away stays. */
export async function sweepCache(): Promise<void> {
  const cache = cacheFolder();
  for (const folder of [cache, ...foldersWithin.map((name) => join(cache, name))])
    await removeLeftovers(folder);
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, of, pid] = /^(.+)\.(\d+)\.tmp$/.exec(name) ?? [];
    if (of?.endsWith(`.${hostname()}`) !== true || isAlive(Number(pid))) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A cache may be shared with other machines, whose processes are not to be seen from here. */
function temporaryFor(target: string): string {
  return `${target}.${hostname()}.${process.pid}.tmp`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
