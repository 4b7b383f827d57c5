import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Returns the topmost that was made; undefined where it is there.
 * Where a file system says for ever that a folder is missing which it does not take either, as /proc does, Node's own
 * way to do this never ends; here what the system says is thrown.
 */
export function makeFolder(path: string): string | undefined {
  const folder = resolve(path);
  try {
    mkdirSync(folder);
    return folder;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || folder === dirname(folder)) {
      if (isFolder(folder)) return undefined;
      throw error;
    }
  }
  const topmost = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
  return topmost ?? folder;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
