import Database from 'better-sqlite3';
import type { WorkerSnapshot } from '../api/campaign.js';
import type { StatisticsPoint } from '../api/report.js';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { CorpusEntry } from '../api/entries.js';
import type { LeadClass } from '../api/signature.js';
import type { Yield } from '../api/yields.js';
import { unusable } from '../util/errors.js';
import { troubleOf } from '../util/machine-trouble.js';
import { checkDatabase, createTables, prepareConnection } from './check-database.js';
import { FindingTable, knownRows, unnamedRows } from './finding-table.js';
import { selectYields } from './schema.js';
import { insertStatistics, statisticsValues } from './statistics-columns.js';
import { thinStatistics } from './thin-statistics.js';
import { SyncTable } from './sync-table.js';
import { openSqlite } from './sqlite.js';

/** The campaign at one time, and its workers. */
export type StatisticsRow = StatisticsPoint & {
  readonly workers: readonly Pick<WorkerSnapshot, 'worker' | 'tests' | 'candidates'>[];
};

/** A row of the corpus table, as far as the corpus commands use it. */
export interface CorpusRow {
  readonly number: number;
  readonly id: string;
  readonly level: string;
  readonly elapsedSeconds: number;
  /** As encodeEntry made it. */
  readonly bytes: Uint8Array;
}
export interface StoredEntry {
  entry: CorpusEntry;
  bytes: Uint8Array;
  /** The machine that it came from; undefined for this one. */
  machine?: string | undefined;
}
/** An entry of this machine's own, as it is shared with others. */
export interface OwnEntry {
  readonly number: number;
  readonly id: string;
  readonly level: string;
  readonly bytes: Uint8Array;
}
/** How many different signatures there are, those of a baseline counted apart. */
export interface SignatureCounts {
  readonly newLeads: number;
  readonly knownLeads: number;
  readonly newSolutions: number;
  readonly knownSolutions: number;
  /** Provisional signatures: those of findings that have no name yet. They are in no other count. */
  readonly unnamedLeads: number;
  readonly unnamedSolutions: number;
  /** Leads of each class, known ones too. */
  readonly leadClasses: Readonly<Partial<Record<LeadClass, number>>>;
}

/** The campaign's one database. Only the primary opens it, and never across a fork. */
export class CampaignDatabase {
  readonly findings: FindingTable;
  /** State of sharing with other machines: how far ours was shared, and how far theirs was read. */
  readonly sync: SyncTable;
  /** The file that was opened: another one may come to have its name. */
  private readonly file: string;

  private constructor(
    private readonly path: string,
    private readonly db: Database.Database,
  ) {
    this.findings = new FindingTable(db);
    this.sync = new SyncTable(db);
    this.file = fileAt(path);
  }

  /**
   * Opens or creates the database. UserError (78) for one of another version, a damaged one, or an unwritable place.
   */
  static open(path: string): CampaignDatabase {
    let db: Database.Database | undefined;
    try {
      db = openSqlite(path);
      prepareConnection(db);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      if (db.pragma('user_version', { simple: true }) === 0) db.transaction(createTables).immediate(db);
      checkDatabase(path, db);
      return new CampaignDatabase(path, db);
    } catch (error) {
      db?.close();
      const trouble = error instanceof Database.SqliteError ? troubleOf(error) : undefined;
      if (trouble === undefined) throw error;
      throw unusable(path, trouble.said, trouble.expected);
    }
  }

  /** One that is open already, for who only reads it. */
  static of(path: string, db: Database.Database): CampaignDatabase {
    return new CampaignDatabase(path, db);
  }

  /** Whether its indexes are whole, too: to look at them takes long, and at its opening only its tables are looked at. */
  get isWhole(): boolean {
    return this.db.pragma('integrity_check(1)', { simple: true }) === 'ok';
  }

  /** All values by key. */
  values(): { readonly key: string; readonly value: string }[] {
    return this.db.prepare('SELECT key, value FROM campaign').all() as { key: string; value: string }[];
  }

  /** Whether what is written still reaches the file of that name: it may have been deleted, moved or replaced. */
  get isInPlace(): boolean {
    return fileAt(this.path) === this.file;
  }

  /** How long a write waits for another program's lock; meanwhile nothing else is done. */
  waitForLocks(millis: number): void {
    this.db.pragma(`busy_timeout = ${millis}`);
  }

  /** Runs several writes as one. */
  together<T>(write: () => T): T {
    return this.db.transaction(write)();
  }

  /** The unique identity of this campaign, which its finding folders carry. */
  get identity(): string {
    const known = this.getValue('identity');
    if (known !== undefined) return known;
    this.setValue('identity', randomUUID());
    return this.identity;
  }

  getValue(key: string): string | undefined {
    const row = this.db.prepare('SELECT value FROM campaign WHERE key = ?').get(key) as
      { value: string } | undefined;
    return row?.value;
  }

  setValue(key: string, value: string): void {
    this.db
      .prepare('INSERT INTO campaign VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
      .run(key, value);
  }

  deleteValue(key: string): void {
    this.db.prepare('DELETE FROM campaign WHERE key = ?').run(key);
  }

  /** Stores an entry; false where its content is known already. */
  addEntry({ entry, bytes, machine }: StoredEntry, elapsedSeconds: number): boolean {
    const { lineage, level } = entry.candidate;
    const result = this.db
      .prepare(
        `INSERT INTO corpus (id, level, run, worker, parents, mutators, categories, outcome, new_features, elapsed_seconds, machine, entry)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        entry.id,
        level,
        lineage.run,
        entry.worker,
        lineage.parents.join(' '),
        lineage.mutators.join(' '),
        lineage.categories.join(' '),
        entry.outcome,
        entry.newFeatures,
        elapsedSeconds,
        machine ?? null,
        bytes,
      );
    return result.changes > 0;
  }

  /** Keeps who was the first to reach blocks of the kernel's code; one that is known stays as it is. */
  addBlocks(
    run: number | null,
    firsts: readonly { readonly declaration: string; readonly blocks: readonly number[] }[],
    elapsedSeconds: number,
  ): void {
    const insert = this.db.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    for (const { declaration, blocks } of firsts)
      for (const block of blocks) insert.run(block, run, declaration, elapsedSeconds);
  }

  /** The blocks of the kernel's code that were reached. */
  blocks(): number[] {
    return this.db.prepare('SELECT block FROM blocks').pluck().all() as number[];
  }

  /** The bytes of a stored entry; empty where there is none. */
  entryBytes(id: string): Uint8Array {
    const row = this.db.prepare('SELECT entry FROM corpus WHERE id = ?').get(id);
    return (row as { entry: Uint8Array } | undefined)?.entry ?? new Uint8Array(0);
  }

  /** Stores other bytes for the same content. */
  replaceEntry(id: string, bytes: Uint8Array): void {
    this.db.prepare('UPDATE corpus SET entry = ? WHERE id = ?').run(bytes, id);
  }

  addStatistics(row: StatisticsRow): void {
    this.db.prepare(insertStatistics).run(...statisticsValues(row));
    const addWorker = this.db.prepare('INSERT OR REPLACE INTO worker_statistics VALUES (?, ?, ?, ?)');
    row.workers.forEach(({ worker, tests, candidates }) =>
      addWorker.run(row.elapsedSeconds, worker, tests, candidates),
    );
    thinStatistics(this.db, row.elapsedSeconds);
  }

  /** Stores what mutators and categories have yielded, in place of what was known of them. */
  setYields(yields: readonly Yield[]): void {
    const insert = this.db.prepare('INSERT OR REPLACE INTO yields VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (const row of yields) {
      const { level, kind, name, candidates, newFeatures, interesting, leads, solutions } = row;
      insert.run(level, kind, name, candidates, newFeatures, interesting, leads, solutions);
    }
  }

  yields(): Yield[] {
    return this.db.prepare(selectYields).all() as Yield[];
  }

  /** The newest entries as their bytes, oldest first; of all workers, or of one. */
  newestEntries(limit: number, worker: number | null = null): Uint8Array[] {
    const rows = this.db
      .prepare('SELECT entry FROM corpus WHERE worker = coalesce(?, worker) ORDER BY number DESC LIMIT ?')
      .all(worker, limit);
    return (rows as { entry: Uint8Array }[]).map((row) => row.entry).reverse();
  }

  /** The bytes of every entry, oldest first, one at a time: nothing may be written meanwhile. */
  *eachEntry(): Generator<Uint8Array> {
    for (const row of this.db.prepare('SELECT entry FROM corpus ORDER BY number').iterate())
      yield (row as { entry: Uint8Array }).entry;
  }

  /** Every entry, oldest first. */
  corpusRows(): CorpusRow[] {
    const rows = this.db.prepare(
      'SELECT number, id, level, elapsed_seconds AS elapsedSeconds, entry AS bytes FROM corpus ORDER BY number',
    );
    return rows.all() as CorpusRow[];
  }

  /** Every entry as its bytes, oldest first, one at a time: nothing may be written meanwhile. */
  *eachNumbered(): Generator<Pick<CorpusRow, 'number' | 'id' | 'bytes'>> {
    const rows = this.db.prepare('SELECT number, id, entry AS bytes FROM corpus ORDER BY number').iterate();
    for (const row of rows) yield row as Pick<CorpusRow, 'number' | 'id' | 'bytes'>;
  }

  /** Deletes entries, all of them or none. */
  deleteEntries(numbers: readonly number[]): void {
    const statement = this.db.prepare('DELETE FROM corpus WHERE number = ?');
    this.together(() => {
      numbers.forEach((number) => statement.run(number));
      // The next entry gets the number behind the last that is left, and must not seem to have been shared.
      this.sync.setSentAtMost(this.lastNumber());
    });
  }

  private lastNumber(): number {
    return this.db.prepare('SELECT coalesce(max(number), 0) FROM corpus').pluck().get() as number;
  }

  /**
   * Gives the room of what was deleted back to the disk: the file is written anew, as a whole or not at all, and takes
   * as much room again while that goes on. Returns the bytes of the database before and after.
   */
  compact(): { readonly before: number; readonly after: number } {
    const size = (): number =>
      ['', '-wal'].reduce(
        (sum, suffix) => sum + (statSync(this.path + suffix, { throwIfNoEntry: false })?.size ?? 0),
        0,
      );
    const before = size();
    this.db.exec('VACUUM');
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    return { before, after: size() };
  }

  /** Entries that this machine has found behind a number of the corpus, oldest first. */
  ownEntries(after: number, limit: number): OwnEntry[] {
    return this.db
      .prepare(
        `SELECT number, id, level, entry AS bytes FROM corpus
         WHERE number > ? AND machine IS NULL ORDER BY number LIMIT ?`,
      )
      .all(after, limit) as OwnEntry[];
  }

  hasEntry(id: string): boolean {
    return this.db.prepare('SELECT 1 FROM corpus WHERE id = ?').get(id) !== undefined;
  }

  countEntries(): number {
    return (this.db.prepare('SELECT count(*) AS n FROM corpus').get() as { n: number }).n;
  }

  /** Of what was found on this machine. */
  countSignatures(): SignatureCounts {
    const counts = {
      ...{ newLeads: 0, knownLeads: 0, newSolutions: 0, knownSolutions: 0 },
      ...{ unnamedLeads: 0, unnamedSolutions: 0 },
    };
    const leadClasses: Partial<Record<LeadClass, number>> = {};
    const rows = this.db
      .prepare(
        `SELECT kind, class, CASE WHEN ${unnamedRows} THEN 'unnamed'
           WHEN ${knownRows} THEN 'known' ELSE 'new' END AS news, count(*) AS n
         FROM findings WHERE machine IS NULL GROUP BY 1, 2, 3`,
      )
      .all() as { kind: string; class: LeadClass; news: 'unnamed' | 'new' | 'known'; n: number }[];
    for (const row of rows) {
      if (row.kind === 'lead' && row.news !== 'unnamed')
        leadClasses[row.class] = (leadClasses[row.class] ?? 0) + row.n;
      // A refusal of what a kernel need not accept is no sign of a bug: it is counted in its class only.
      if (row.class === 'completeness') continue;
      const what = row.kind === 'solution' ? 'Solutions' : 'Leads';
      counts[`${row.news}${what}` as const] += row.n;
    }
    return { ...counts, leadClasses };
  }

  close(): void {
    this.db.close();
  }
}

/** The identity of the file of a name; empty where there is none. */
function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev} ${found.ino}`;
}
