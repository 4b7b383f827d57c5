import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, unusable } from '../util/errors.js';
import { isThere } from '../util/files.js';
import { makeFolder } from '../util/make-folder.js';

/** Creates a folder where it is missing and proves that files can be written into it; UserError (78) where not. */
export function writableFolder(folder: string, what: string): string {
  const path = resolve(folder);
  const probe = probeIn(path);
  try {
    makeFolder(path);
    try {
      writeFileSync(probe, 'x');
    } finally {
      // Where there is no room, an empty file is left.
      if (isThere(probe)) rmSync(probe);
    }
    return path;
  } catch (error) {
    throw unusable(what, path, `a folder that can be written (${messageOf(error)})`);
  }
}

/** Whether the disk of a folder is read-only by now: of a file that is open already SQLite says only that it fails. */
export function isReadOnly(folder: string): boolean {
  const probe = probeIn(folder);
  try {
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS';
  }
}

/** A file that is made only to see whether it can be. */
function probeIn(folder: string): string {
  return join(folder, `.write-test-${process.pid}`);
}
