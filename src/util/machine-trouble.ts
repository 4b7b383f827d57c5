import { ExitCode, messageOf, unusable, UserError } from './errors.js';

/** A failure of the machine in words, and whether to wait, because it may be over in a while, or to end. */
export interface Trouble {
  readonly remedy: 'wait' | 'end';
  /** The thing that was expected of the machine, e.g. `room on the disk`. */
  readonly expected: string;
  /** Its own words. */
  readonly said: string;
}

interface Meaning {
  readonly remedy: Trouble['remedy'];
  readonly expected: string;
}

const room: Meaning = { remedy: 'wait', expected: 'room on the disk' };
const unlocked: Meaning = { remedy: 'wait', expected: 'a database that no other program has locked' };
const working: Meaning = { remedy: 'wait', expected: 'a disk that can be read and written' };
const resources: Meaning = { remedy: 'wait', expected: 'a machine with memory and free descriptors' };
const writable: Meaning = { remedy: 'end', expected: 'a place that can be written' };
const there: Meaning = { remedy: 'end', expected: 'a file or folder that is there' };
/** SQLite makes files beside a database that it opens. */
const openable: Meaning = {
  remedy: 'end',
  expected: 'a database that is there, in a folder that can be written',
};
/** The expectation that a damaged database does not meet, with the way out. */
export const undamagedDatabase =
  'an undamaged database of lean-fuzz ("lean-fuzz repair" makes one of what a campaign still holds)';
const undamaged: Meaning = { remedy: 'end', expected: undamagedDatabase };

/** By SQLite's extended codes: errors that are called ones of the disk, and come of what a file holds. */
const damagedFiles: ReadonlySet<string> = new Set([
  // A file ends before what it ought to hold: somebody has cut it off.
  'SQLITE_IOERR_SHORT_READ',
  'SQLITE_IOERR_CORRUPTFS',
  'SQLITE_IOERR_DATA',
]);

/** By SQLite's primary codes: what follows a third word only tells where it was met. */
const databaseErrors: Readonly<Record<string, Meaning>> = {
  SQLITE_FULL: room,
  SQLITE_BUSY: unlocked,
  SQLITE_LOCKED: unlocked,
  SQLITE_PROTOCOL: unlocked,
  SQLITE_IOERR: working,
  SQLITE_NOMEM: resources,
  SQLITE_READONLY: writable,
  SQLITE_PERM: writable,
  SQLITE_CANTOPEN: openable,
  SQLITE_CORRUPT: undamaged,
  SQLITE_NOTADB: undamaged,
};

const systemErrors: Readonly<Record<string, Meaning>> = {
  ENOSPC: room,
  EDQUOT: room,
  EIO: working,
  EBUSY: working,
  EAGAIN: resources,
  ENOMEM: resources,
  EMFILE: resources,
  ENFILE: resources,
  EROFS: writable,
  EACCES: writable,
  EPERM: writable,
  ENOENT: there,
  ENOTDIR: there,
  ESTALE: there,
  ENODEV: there,
};

/** The trouble behind an error of a file, a system call or a database; undefined for every other error. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as Error & { code?: unknown };
  if (typeof code !== 'string') return undefined;
  if (error.name === 'SqliteError') {
    if (damagedFiles.has(code)) return { ...undamaged, said: inFull(error, code) };
    const known = databaseErrors[code.split('_', 2).join('_')];
    return {
      ...(known ?? { remedy: 'end', expected: 'a database that works' }),
      said: known === working ? inFull(error, code) : messageOf(error),
    };
  }
  if (!('errno' in error)) return undefined;
  const meaning = systemErrors[code] ?? { remedy: 'end', expected: 'a machine that can do this' };
  return { ...meaning, said: messageOf(error) };
}

/** SQLite says "disk I/O error" of two dozen causes: its code tells them apart. */
function inFull(error: Error, code: string): string {
  return `${messageOf(error)} (${code})`;
}

/** The expectation of the machine, and behind it the machine's own words. */
export function inWords({ expected, said }: Trouble): string {
  return `${expected}: ${said}`;
}

/**
 * An error as what a user is told: the machine's is one line (78) that names the thing, its value and what was expected;
 * any other is returned as it is.
 */
export function asUserError(error: unknown, thing: string, value: string): unknown {
  const trouble = error instanceof UserError ? undefined : troubleOf(error);
  return trouble === undefined ? error : unusable(thing, value, inWords(trouble));
}

/**
 * An error of reading what a user has named: wrong usage (2) in the words of `wrong`, but one line (78) where it is the
 * machine that can't read it, and may another time.
 */
export function asReadError(error: unknown, thing: string, path: string, wrong: string): UserError {
  if (error instanceof UserError) return error;
  const trouble = troubleOf(error);
  if (trouble?.remedy === 'wait') return unusable(thing, path, inWords(trouble));
  return new UserError(`${wrong}: ${messageOf(error)}`, ExitCode.usage);
}
