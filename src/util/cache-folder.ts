import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where prepared files are kept: LEAN_FUZZ_CACHE, or lean-fuzz below the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return process.env['LEAN_FUZZ_CACHE'] ?? join(base, 'lean-fuzz');
}

/** Fills a temporary folder and renames it: one who dies half-way leaves nothing that looks finished. */
export async function publish(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const temporary = `${target}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    await fill(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
