import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { unusable, UserError } from '../util/errors.js';
import { isThere } from '../util/files.js';
import { createTables, prepareConnection } from './check-database.js';
import { copySparsely } from './copy-sparsely.js';
import { SalvagedTable } from './salvaged-table.js';
import { tables, type TableName } from './schema.js';
import { openSqlite } from './sqlite.js';

/** Rows of a table that were found and that were taken over, and whether there may have been more. */
export interface Salvaged {
  readonly kept: number;
  /** Rows that can't be read, or are not what they were. */
  readonly lost: number;
  /** Where not even the number of rows can be known. */
  readonly isCut: boolean;
}

/** Whether a row's content is whole; the table's own types are looked at anyway. */
export type RowCheck = (table: TableName, row: Readonly<Record<string, unknown>>) => boolean;

/**
 * Makes a new database of what a damaged one still holds, in its place. The damaged one stays beside it, as it was, under
 * the name that is returned. UserError (78) where nothing can be read; throws what the system says where that can't be done;
 * then nothing has changed.
 */
export function salvage(
  path: string,
  isWhole: RowCheck,
): { kept: string; rows: Record<TableName, Salvaged> } {
  const kept = keep(path);
  const fresh = `${path}.repaired`;
  removeDatabase(fresh);
  try {
    const into = openSqlite(fresh);
    let rows: Record<TableName, Salvaged>;
    try {
      into.transaction(createTables).immediate(into);
      rows = withReadable(kept, fresh, into, (damaged) => takeOver(damaged, into, isWhole));
    } finally {
      into.close();
    }
    const counts = Object.values(rows);
    if (counts.every((one) => one.kept === 0) && counts.some(({ isCut }) => isCut))
      throw unreadable(path, 'no row of a table');
    sync(fresh);
    // The damaged pages must not meet the new file: what is in the log belongs to the old one.
    for (const suffix of ['-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    renameSync(fresh, path);
    return { kept, rows };
  } catch (error) {
    removeDatabase(fresh);
    removeDatabase(kept);
    throw error;
  }
}

/** Copies a database, with what of it is only in its log, and returns the copy's name. */
function keep(path: string): string {
  let kept = `${path}.damaged`;
  for (let n = 2; isThere(kept) || isThere(`${kept}-wal`); n++) kept = `${path}.damaged-${n}`;
  copyNew(path, kept);
  return kept;
}

/** Copies a database and its log to where nothing is yet: a link that a stranger's folder has there is not followed. */
function copyNew(from: string, to: string): void {
  for (const part of ['', '-wal']) if (existsSync(from + part)) copySparsely(from + part, to + part);
}

/** Opens a damaged database as well as that goes: as it is, with a first page made anew, and then without its log. */
function withReadable<T>(
  kept: string,
  scratch: string,
  into: Database.Database,
  action: (db: Database.Database) => T,
): T {
  const copy = `${scratch}.scratch`;
  const prepare = [() => undefined, () => graftFirstPage(copy), () => rmSync(`${copy}-wal`, { force: true })];
  let last: unknown;
  try {
    removeDatabase(copy);
    copyNew(kept, copy);
    for (const step of prepare) {
      step();
      let db: Database.Database | undefined;
      try {
        db = openSqlite(copy, { readonly: true });
        prepareConnection(db);
        // Says whether the tables can be found at all.
        // A damaged first page may still be read, and name other columns.
        for (const table of Object.keys(tables))
          if (columnsOf(db, table).join() !== columnsOf(into, table).join())
            throw unusable(
              table,
              columnsOf(db, table).join(' '),
              `the columns ${columnsOf(into, table).join(' ')}`,
            );
        return action(db);
      } catch (error) {
        if (!(error instanceof Database.SqliteError || error instanceof UserError)) throw error;
        last = error;
      } finally {
        db?.close();
        rmSync(`${copy}-shm`, { force: true });
      }
    }
  } finally {
    removeDatabase(copy);
  }
  throw unreadable(kept, (last as Error).message);
}

function unreadable(path: string, got: string): UserError {
  return unusable(path, got, 'a database of which something can be read');
}

/**
 * Puts the first page of a new database in the place of a damaged one: it says where the tables begin, which is the same
 * in all databases of this version, for they are made at once and never moved.
 */
function graftFirstPage(path: string): void {
  const model = openSqlite(':memory:');
  model.pragma('journal_mode = MEMORY');
  createTables(model);
  const bytes = model.serialize();
  model.close();
  const page = bytes.subarray(0, bytes.readUInt16BE(16));
  const [walFormat, sizeAt, validFor] = [2, 28, 92];
  page[18] = page[19] = walFormat;
  // A size of no known change: then the file's own counts.
  page.writeUInt32BE(0, sizeAt);
  page.writeUInt32BE(0, validFor);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, page, 0, page.length, 0);
  } finally {
    closeSync(file);
  }
}

function takeOver(
  damaged: Database.Database,
  into: Database.Database,
  isWhole: RowCheck,
): Record<TableName, Salvaged> {
  const entries = Object.entries(tables) as [TableName, (typeof tables)[TableName]][];
  return into.transaction(() =>
    Object.fromEntries(
      entries.map(([table, keys]) => {
        const source = new SalvagedTable(damaged, table, keys);
        const insert = into.prepare(
          `INSERT OR IGNORE INTO ${table} VALUES (${columnsOf(into, table)
            .map((name) => `@${name}`)
            .join(', ')})`,
        );
        let kept = 0;
        for (const row of source.rows()) {
          if (isWhole(table, row) && canInsert(insert, row)) kept++;
          else source.lost++;
        }
        return [table, { kept, lost: source.lost, isCut: source.isCut }];
      }),
    ),
  )() as Record<TableName, Salvaged>;
}

function columnsOf(db: Database.Database, table: string): string[] {
  return db
    .prepare(`SELECT * FROM ${table}`)
    .columns()
    .map(({ name }) => name);
}

function canInsert(insert: Database.Statement, row: Readonly<Record<string, unknown>>): boolean {
  try {
    return insert.run(row).changes > 0;
  } catch (error) {
    // A value that the column does not take.
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
