import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { addon } from '../native/addon.js';
import { ExitCode, messageOf, unusable, UserError } from '../util/errors.js';

/**
 * A database, opened. UserError (78) where better-sqlite3 was installed without its binary, and where its folder is
 * gone, which is no error of SQLite's.
 */
export function openSqlite(path: string, options?: Database.Options): Database.Database {
  if (!endsAtLostPage) endAtLostPage();
  try {
    return new Database(path, options);
  } catch (error) {
    if (error instanceof TypeError && path !== ':memory:' && !existsSync(dirname(path)))
      throw unusable('folder', dirname(path), 'a folder that is there, for a database');
    throw asMissingBinary(error) ?? error;
  }
}

/** Whether this process has set its handler of lost pages. */
let endsAtLostPage = false;

/** SQLite maps the index of its log: where somebody cuts it short, no call of ours returns. */
function endAtLostPage(): void {
  endsAtLostPage = true;
  try {
    addon().endAtLostPage(ExitCode.unexpected);
  } catch (error) {
    // Without the addon there is no campaign, and what reads one ends by the signal.
    if (!(error instanceof UserError)) throw error;
  }
}

/** An error that says that better-sqlite3 has no binary which Node can load, in one line; undefined for any other. */
export function asMissingBinary(error: unknown): UserError | undefined {
  const isLost = messageOf(error).startsWith('Could not locate the bindings file');
  const isForeign = error instanceof Error && 'code' in error && error.code === 'ERR_DLOPEN_FAILED';
  if (!isLost && !isForeign) return undefined;
  const why = isLost ? 'its binary is not there' : `its binary can't be loaded (${messageOf(error)})`;
  return new UserError(
    `better-sqlite3: ${why}: installed with --ignore-scripts, or for another Node? "npm rebuild better-sqlite3" gets or builds it`,
  );
}
