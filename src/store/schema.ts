import { createStatistics } from './statistics-columns.js';

/** Counted up when the tables change; a database of another version is refused, never guessed at. */
export const schemaVersion = 15;

export const schema = `
  CREATE TABLE campaign (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE corpus (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    run INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    parents TEXT NOT NULL,
    mutators TEXT NOT NULL,
    categories TEXT NOT NULL,
    outcome TEXT NOT NULL,
    new_features INTEGER NOT NULL,
    elapsed_seconds REAL NOT NULL,
    machine TEXT,
    entry BLOB NOT NULL
  ) STRICT;

  CREATE TABLE findings (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    form TEXT NOT NULL,
    signature TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    worker INTEGER NOT NULL,
    reason TEXT NOT NULL,
    folder TEXT,
    announced INTEGER NOT NULL DEFAULT 0,
    times INTEGER NOT NULL,
    size INTEGER NOT NULL,
    known TEXT,
    found_first_by TEXT,
    target TEXT NOT NULL,
    lean TEXT NOT NULL,
    mutant TEXT,
    elapsed_seconds REAL NOT NULL,
    text TEXT NOT NULL,
    machine TEXT,
    finding BLOB NOT NULL,
    UNIQUE (kind, signature)
  ) STRICT;

  CREATE TABLE blocks (
    block INTEGER PRIMARY KEY,
    run INTEGER,
    declaration TEXT NOT NULL,
    elapsed_seconds REAL NOT NULL
  ) STRICT;

  CREATE TABLE finding_names (
    kind TEXT NOT NULL,
    asked TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (kind, asked)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sync (
    place TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (place, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE yields (
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    candidates INTEGER NOT NULL,
    new_features INTEGER NOT NULL,
    interesting INTEGER NOT NULL,
    leads INTEGER NOT NULL,
    solutions INTEGER NOT NULL,
    PRIMARY KEY (level, kind, name)
  ) STRICT, WITHOUT ROWID;
${createStatistics}

  CREATE TABLE worker_statistics (
    elapsed_seconds REAL NOT NULL,
    worker INTEGER NOT NULL,
    tests INTEGER NOT NULL,
    candidates INTEGER NOT NULL,
    PRIMARY KEY (elapsed_seconds, worker)
  ) STRICT, WITHOUT ROWID;
`;

/** Reads what mutators and categories have yielded, as rows of `Yield`. */
export const selectYields = `
  SELECT level, kind, name, candidates, new_features AS newFeatures, interesting, leads, solutions FROM yields`;

/** All tables, and the columns of their primary keys. */
export const tables = {
  campaign: ['key'],
  corpus: ['number'],
  findings: ['number'],
  blocks: ['block'],
  finding_names: ['kind', 'asked'],
  sync: ['place', 'key'],
  yields: ['level', 'kind', 'name'],
  statistics: ['elapsed_seconds'],
  worker_statistics: ['elapsed_seconds', 'worker'],
} as const satisfies Record<string, readonly string[]>;
export type TableName = keyof typeof tables;
