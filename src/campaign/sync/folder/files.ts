import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TransportTrouble } from '../transport.js';

/** Reads a plain file that anybody may have put there; undefined where there is none, or one that is too large. */
export async function readPlain(path: string, most: number): Promise<Buffer | undefined> {
  // A pipe without a writer must not hold us, and a link leads anywhere.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const file = await orAbsent(open(path, flags));
  if (file === undefined) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > most) return undefined;
    const bytes = Buffer.alloc(stat.size);
    let used = 0;
    while (used < bytes.length) {
      const { bytesRead } = await file.read(bytes, used, bytes.length - used, used);
      if (bytesRead === 0) break;
      used += bytesRead;
    }
    return bytes.subarray(0, used);
  } finally {
    await file.close();
  }
}

/** Writes a file by a rename, so that nobody ever reads half of it; it is on disk when this resolves. */
export async function putFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  await rm(temporary, { force: true });
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A folder of our own, made where it is missing; TransportTrouble where a link or a file is in its place. */
export async function ownFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new TransportTrouble(`a folder of this machine's own at ${path}, found something else`);
  }
}

/** Whether a folder is there itself, and no link. */
export async function isFolder(path: string): Promise<boolean> {
  return (await orAbsent(lstat(path)))?.isDirectory() === true;
}

/** Undefined where nothing, or nothing of that kind, is there. */
export async function orAbsent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENXIO'].includes(code))
      return undefined;
    throw error;
  }
}
