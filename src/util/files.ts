import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { invalid, unusable } from './errors.js';

/**
 * Reads a file that anybody may have put there. UserError (2) for what is no plain file or larger than `most` bytes;
 * what the system says of a file that can't be opened is thrown as it is.
 */
export function readBounded(path: string, most: number): Buffer {
  const file = openPlainFile(path);
  try {
    const stat = fstatSync(file);
    if (stat.size > most) throw invalid(path, `${stat.size} bytes`, `at most ${most}`);
    const bytes = Buffer.alloc(stat.size);
    let used = 0;
    while (used < bytes.length) {
      const read = readSync(file, bytes, used, bytes.length - used, used);
      if (read === 0) break;
      used += read;
    }
    return bytes.subarray(0, used);
  } finally {
    closeSync(file);
  }
}

/** Opens a file that anybody may have put there, to read it. UserError (2) for what is no plain file. */
export function openPlainFile(path: string): number {
  const file = openWithoutWaiting(path);
  const stat = fstatSync(file);
  if (stat.isFile()) return file;
  closeSync(file);
  throw invalid(path, kindOf(stat), 'a plain file');
}

function openWithoutWaiting(path: string): number {
  try {
    // A pipe without a writer must not hold us.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    // That is all the system says of a socket.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
    throw invalid(path, kindOf(statSync(path)), 'a plain file');
  }
}

/** Which kind of file there is, in words. */
export function kindOf(stat: Pick<Stats, 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket'>): string {
  if (stat.isFile()) return 'a plain file';
  if (stat.isDirectory()) return 'a folder';
  if (stat.isFIFO()) return 'a pipe';
  return stat.isSocket() ? 'a socket' : 'a device';
}

/**
 * Writes a file that is not there yet, and leaves none where that fails. What is thrown names it: of a full disk the
 * system names only what could not be done.
 */
export function writeNewFile(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const failed = error as NodeJS.ErrnoException;
    if (failed.code !== 'EEXIST') rmSync(path, { force: true });
    if (failed.path === undefined) {
      failed.path = path;
      failed.message += ` '${path}'`;
    }
    throw error;
  }
}

/** Writes a file at once, by a rename: a link of that name is replaced and never followed. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  rmSync(temporary, { force: true });
  try {
    writeNewFile(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Whether something of that name is there, be it a link that leads nowhere. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether a plain file is there, also behind a link. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A path without links; made absolute where nothing is there. */
export function canonicalPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/**
 * A folder below which no link is followed. The way to it is the user's and resolved once; what is below may come
 * from anywhere.
 */
export class RootFolder {
  readonly path: string;

  /** The folder has to exist. */
  constructor(folder: string) {
    this.path = realpathSync(folder);
  }

  /** The path of something below. UserError (78) where a name is none, or a link is on the way or at its end. */
  at(...names: readonly string[]): string {
    let path = this.path;
    for (const name of names) {
      if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name))
        throw unusable(path, name, 'the name of a file or folder in it');
      path = join(path, name);
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
        throw unusable(path, 'a link', 'a file or folder of the campaign itself');
    }
    return path;
  }
}
