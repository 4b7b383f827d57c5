import type Database from 'better-sqlite3';
import { unusable, UserError } from '../util/errors.js';
import { undamagedDatabase } from '../util/machine-trouble.js';
import { schema, schemaVersion } from './schema.js';
import { openSqlite } from './sqlite.js';

/** Bytes of the largest value that a row may have: far more than any that is written. */
const maxValueBytes = 64 << 20;

/** A database that another version of this program made: no damage. */
export class OtherVersion extends UserError {
  constructor(
    path: string,
    readonly version: number,
  ) {
    super(unusable(path, `version ${version}`, `version ${schemaVersion}, or a new campaign folder`).message);
  }
}

/** Prepares a connection before it reads anything: nothing in the file is run, whatever it holds. */
export function prepareConnection(db: Database.Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
}

/** Makes the tables of a new database. Inside a transaction: a killed process leaves all of them or none. */
export function createTables(db: Database.Database): void {
  if (db.pragma('user_version', { simple: true }) !== 0) return;
  db.exec(schema);
  db.pragma(`user_version = ${schemaVersion}`);
}

/**
 * Refuses, with its path, a database of another version, one whose tables are not those that this version makes, and
 * one that is damaged. Since the tables are STRICT, what passes has values of the right types in all its rows.
 */
export function checkDatabase(path: string, db: Database.Database, tables: readonly string[] = []): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  const found = definitions(db);
  // Its tables are in the log at first: one that was copied without it has none.
  if (version === 0 && found.size === 0)
    throw unusable(
      path,
      'a database without tables',
      'one of lean-fuzz, copied with its -wal, or a new campaign folder',
    );
  if (version !== schemaVersion) throw new OtherVersion(path, version);
  const odd = differences(found, expected());
  if (odd !== undefined) throw unusable(path, odd, 'the tables of lean-fuzz, or a new campaign folder');
  for (const check of tables.length === 0 ? ['1'] : tables.map((table) => `'${table}'`)) {
    const result = db.pragma(`quick_check(${check})`, { simple: true });
    if (result !== 'ok') throw unusable(path, String(result), undamagedDatabase);
  }
  const long = db
    .prepare('SELECT count(*) AS n FROM findings WHERE length(finding) > ? OR length(text) > ?')
    .get(maxValueBytes, maxValueBytes) as { n: number };
  if (long.n > 0)
    throw unusable(path, `${long.n} findings of more than ${maxValueBytes} bytes`, 'smaller ones');
}

function definitions(db: Database.Database): Map<string, string> {
  const rows = db
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all() as { type: string; name: string; sql: string | null }[];
  return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql ?? '']));
}

function expected(): Map<string, string> {
  const fresh = openSqlite(':memory:');
  try {
    fresh.exec(schema);
    return definitions(fresh);
  } finally {
    fresh.close();
  }
}

/** The first difference in words; undefined where there is none. */
function differences(found: Map<string, string>, wanted: Map<string, string>): string | undefined {
  for (const [what, sql] of wanted)
    if (found.get(what) !== sql) return `${found.has(what) ? 'another' : 'no'} ${what}`;
  const extra = [...found.keys()].find((what) => !wanted.has(what));
  return extra === undefined ? undefined : `a ${extra}`;
}
