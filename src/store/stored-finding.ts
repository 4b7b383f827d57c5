import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { checkWords } from '../ir/check-words.js';
import { MalformedWords } from '../ir/decode.js';
import { invalid, unusable } from '../util/errors.js';
import { troubleOf } from '../util/machine-trouble.js';
import { checkDatabase, prepareConnection } from './check-database.js';
import { copyDatabase } from './copy-database.js';
import { FindingTable, type FindingTableRow } from './finding-table.js';
import { storedLimits } from './stored-limits.js';
import { Workdir } from './workdir.js';
import { openSqlite } from './sqlite.js';

/**
 * Opens a campaign's database to read it, also while the campaign runs, for one action. UserError that names the
 * folder where there is no campaign (2), and the database where it can't be read (78).
 */
export function readDatabase<T>(
  folder: string,
  tables: readonly string[],
  action: (db: Database.Database, workdir: Workdir) => T,
): T {
  const workdir = new Workdir(folder);
  const path = workdir.database;
  if (!existsSync(path)) throw invalid('campaign folder', folder, 'a folder with a campaign.sqlite');
  workdir.refuseStrangers();
  const read = (file: string): T => {
    let db: Database.Database | undefined;
    try {
      db = openSqlite(file, { readonly: true });
      prepareConnection(db);
      checkDatabase(path, db, tables);
      return action(db, workdir);
    } finally {
      db?.close();
    }
  };
  try {
    return read(path);
  } catch (error) {
    const trouble = error instanceof Database.SqliteError ? troubleOf(error) : undefined;
    if (trouble === undefined) throw error;
    if (needsWritableFolder.has(String((error as { code?: unknown }).code))) return readCopy(path, read);
    throw unusable(path, trouble.said, trouble.expected);
  }
}

/** SQLite makes files beside a database even to read it; so it says where it can't. */
const needsWritableFolder = new Set([
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY_CANTINIT',
  'SQLITE_READONLY_DIRECTORY',
]);

/** Reads a copy of a database that stands where nothing can be written: on a disk that is read-only, in an archive. */
function readCopy<T>(path: string, read: (file: string) => T): T {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'lean-fuzz-copy-'));
    const copy = join(folder, 'campaign.sqlite');
    copyDatabase(path, copy);
    return read(copy);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    throw unusable(
      path,
      trouble.said,
      `a folder that can be written, or room for a copy (${trouble.expected})`,
    );
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding's row in a campaign's database, whether or not its folder was written. UserError (2) for no such id. */
export function storedFinding(campaign: string, id: string): FindingTableRow {
  return readDatabase(campaign, ['campaign', 'findings'], (db) => {
    const row = new FindingTable(db).byId(id);
    if (row === undefined) throw invalid('id', id, `the id of a finding of ${campaign}`);
    // The limits of another machine's Lean are not known here.
    return row.machine === null ? { ...row, ...storedLimits(db) } : row;
  });
}

/** The ids of all findings of a campaign, oldest first. */
export function findingIds(campaign: string): string[] {
  return readDatabase(campaign, ['findings'], (db) => new FindingTable(db).ids());
}

/**
 * The words of a claim, where they are those of one declaration, so that nothing else reaches a kernel. UserError
 * (2).
 */
export function declarationWords(where: string, words: Uint32Array): Uint32Array {
  refusingMalformed(where, () => checkWords(words));
  return words;
}

/** The result of `read` on a finding's words. UserError (2) that names the finding where they are malformed. */
export function refusingMalformed<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedWords)) throw error;
    throw invalid(where, `malformed words (${error.message})`, 'a finding of lean-fuzz');
  }
}
