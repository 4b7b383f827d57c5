import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type {
  BlockRow,
  CampaignRecord,
  FindingDetail,
  FindingRow,
  StatisticsPoint,
  WorkerPoint,
} from '../api/report.js';
import { describeKnown, type KnownCause } from '../api/known-cause.js';
import type { LeanIdentity } from '../api/lean.js';
import { readSeenMachines } from '../api/machine.js';
import type { Yield } from '../api/yields.js';
import { readBounded } from '../util/files.js';
import { CampaignDatabase } from './database.js';
import { maxFindingBytes } from './finding-folder.js';
import { knownRows, parseLean, unnamedRows } from './finding-table.js';
import { selectYields } from './schema.js';
import { selectStatistics } from './statistics-columns.js';
import { readDatabase } from './stored-finding.js';
import { storedCounts, storedNumber, storedOpinions, storedOptions } from './stored-values.js';
import type { Workdir } from './workdir.js';

/** Reads a campaign, also one that is running. UserError that names the folder where there is none. */
export function readCampaign(folder: string): CampaignRecord {
  return readDatabase(folder, readTables, (db, workdir) => recordOf(workdir, db));
}

/** In a campaign that ended before it knew. */
const unknownLean: LeanIdentity = {
  kind: 'embedded',
  name: 'unknown',
  version: 'unknown',
  githash: 'unknown',
  path: 'unknown',
  hash: 'unknown',
};

/** The Lean that a campaign belongs to, as its database has it. */
export function storedLean(json: string | undefined): LeanIdentity | undefined {
  return json === undefined || json === '' ? undefined : parseLean(json);
}

/** All but the corpus, which may be large and is not shown. */
const readTables = ['campaign', 'findings', 'yields', 'statistics', 'worker_statistics', 'blocks'];

/** A finding's row as it is read: `unnamed` is a number, and why it is known has its parts. */
type StoredRow = Omit<FindingRow, 'isUnnamed'> & Pick<KnownCause, 'foundFirstBy'> & { unnamed: number };

function recordOf({ folder, leads, database: path }: Workdir, db: Database.Database): CampaignRecord {
  const database = CampaignDatabase.of(path, db);
  const value = (key: string): string => database.getValue(key) ?? '';
  const totals = storedCounts(database, 'totals');
  const opinions = storedOpinions(database);
  const findings = db
    .prepare(
      `SELECT kind, signature, id, reason, folder, ${unnamedRows} AS unnamed, times, size, known,
         found_first_by AS foundFirstBy, machine, elapsed_seconds AS elapsedSeconds
       FROM findings ORDER BY kind DESC, ${knownRows}, elapsed_seconds`,
    )
    .all()
    .map((row): FindingRow => {
      const { folder: name, unnamed, known, foundFirstBy, ...told } = withoutNulls(row as StoredRow);
      const cause = describeKnown({ known, foundFirstBy });
      const stored = {
        ...told,
        ...(cause === undefined ? {} : { known: cause }),
        ...(unnamed === 0 ? {} : { isUnnamed: true }),
      };
      const parent = stored.kind === 'solution' ? value('solutionsFolder') : leads;
      // Only to be shown: what is written and removed goes by the id.
      const isName = name !== undefined && /^[\w-]+$/.test(name);
      return isName && parent !== '' ? { ...stored, folder: join(parent, name) } : stored;
    });
  return {
    folder,
    seed: storedNumber(database, 'seed', 0),
    lean: storedLean(value('lean')) ?? unknownLean,
    packageVersion: value('packageVersion'),
    elapsedSeconds: storedNumber(database, 'elapsedSeconds', 0),
    statistics: db.prepare(selectStatistics).all() as StatisticsPoint[],
    workers: db
      .prepare(
        `SELECT elapsed_seconds AS elapsedSeconds, worker, tests FROM worker_statistics
         ORDER BY elapsed_seconds, worker`,
      )
      .all() as WorkerPoint[],
    errors: storedCounts(database, 'errors'),
    // None in a campaign that ended before they were counted.
    canaries: { asked: totals['canaries'] ?? 0, wrong: totals['canaries_wrong'] ?? 0 },
    ...(opinions === undefined ? {} : { opinions }),
    machines: readSeenMachines(value('machines')),
    yields: db.prepare(selectYields).all() as Yield[],
    blocks: db
      .prepare('SELECT block, run, declaration, elapsed_seconds AS elapsedSeconds FROM blocks ORDER BY block')
      .all()
      .map((row) => withoutNulls(row as BlockRow)),
    options: storedOptions(database),
    findings,
    details: Object.fromEntries(
      db
        .prepare('SELECT id, text FROM findings')
        .all()
        .map((row) => {
          const { id, text } = row as { id: string; text: string };
          return [id, { text, ...lineageIn(findings.find((one) => one.id === id)?.folder) }];
        }),
    ),
  };
}

/** A row of the database, in which what is not there is null. */
function withoutNulls<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;
}

/** Where a finding's candidate comes from, as its folder says it; nothing where that is not to be read. */
function lineageIn(folder: string | undefined): Pick<FindingDetail, 'run' | 'parents' | 'mutators'> {
  if (folder === undefined) return {};
  try {
    const file = readBounded(join(folder, 'finding.json'), maxFindingBytes).toString();
    const { run, parents, mutators } = JSON.parse(file) as Record<string, unknown>;
    return {
      ...(typeof run === 'number' ? { run } : {}),
      ...(isTexts(parents) ? { parents } : {}),
      ...(isTexts(mutators) ? { mutators } : {}),
    };
  } catch {
    return {};
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
