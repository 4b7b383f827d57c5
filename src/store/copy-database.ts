import { copyFileSync, rmSync, statSync } from 'node:fs';
import { unusable } from '../util/errors.js';

/** Endings of a database's files: its own, and that of the log of what was written and has not reached it yet. */
const parts = ['', '-wal'] as const;

/** Milliseconds that a file must have rested: its times are not finer than a tick of the system's clock. */
const restMillis = 50;

/** How often it is tried, and how long each time is waited for. */
const attempts = 50;
const pauseMillis = 100;

/**
 * Copies a database to read it elsewhere, both of its files as they were at one moment. Nothing can be locked where
 * nothing can be written, so that is tried until nobody wrote meanwhile. UserError (78) where somebody always does.
 */
export function copyDatabase(path: string, to: string, tries = attempts): void {
  for (let n = 0; n < tries; n++) {
    if (n > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMillis);
    const before = stamp(path);
    if (before === undefined) continue;
    for (const part of parts) {
      rmSync(to + part, { force: true });
      if (statSync(path + part, { throwIfNoEntry: false }) !== undefined)
        copyFileSync(path + part, to + part);
    }
    if (stamp(path) === before) return;
  }
  throw unusable(
    path,
    'a database that is always being written to',
    'a folder that can be written, to read it in place',
  );
}

/** A stamp of a database's files that another write changes; undefined where the last write was just now. */
function stamp(path: string): string | undefined {
  const files = parts.map((part) => statSync(path + part, { bigint: true, throwIfNoEntry: false }));
  const newest = Math.max(...files.map((file) => Number(file?.mtimeMs ?? 0)));
  if (Math.abs(Date.now() - newest) < restMillis) return undefined;
  return files.map((file) => `${file?.dev} ${file?.ino} ${file?.size} ${file?.mtimeNs}`).join();
}
