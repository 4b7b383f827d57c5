import Database from 'better-sqlite3';
import type { CorpusEntry, Finding } from '../api/entries.js';
import { messageOf, unusable } from '../util/errors.js';
import { schema, schemaVersion } from './schema.js';

/** What the campaign amounts to at one time; see the statistics table. */
export interface StatisticsRow {
  elapsedSeconds: number;
  tests: number;
  candidates: number;
  declarations: number;
  declarationsAccepted: number;
  corpus: number;
  features: number;
  leads: number;
  solutions: number;
  restarts: number;
}

export interface StoredEntry {
  entry: CorpusEntry;
  bytes: Uint8Array;
  text: string;
}
export interface StoredFinding {
  finding: Finding;
  bytes: Uint8Array;
  text: string;
  folder: string;
}

/** The campaign's one database. Only the primary opens it, and never across a fork. */
export class CampaignDatabase {
  private constructor(private readonly db: Database.Database) {}

  /** Opens or creates the database. UserError (78) for one of another version, a damaged one, or an unwritable place. */
  static open(path: string): CampaignDatabase {
    let db: Database.Database | undefined;
    try {
      db = new Database(path);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      const version = db.pragma('user_version', { simple: true });
      if (version === 0) {
        db.exec(schema);
        db.pragma(`user_version = ${schemaVersion}`);
      } else if (version !== schemaVersion) {
        throw unusable(
          path,
          `version ${String(version)}`,
          `version ${schemaVersion}, or a new campaign folder`,
        );
      }
      const check = db.pragma('quick_check(1)', { simple: true });
      if (check !== 'ok')
        throw unusable(path, String(check), 'an undamaged database, or a new campaign folder');
      return new CampaignDatabase(db);
    } catch (error) {
      db?.close();
      if (error instanceof Database.SqliteError) {
        throw unusable(path, messageOf(error), 'a database of lean-fuzz, or a new campaign folder');
      }
      throw error;
    }
  }

  /** Runs several writes as one. */
  together(write: () => void): void {
    this.db.transaction(write)();
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

  /** Stores an entry; false where its content is known already. */
  addEntry({ entry, bytes, text }: StoredEntry, elapsedSeconds: number): boolean {
    const { lineage, level } = entry.candidate;
    const result = this.db
      .prepare(
        `INSERT INTO corpus (id, level, run, worker, parents, mutators, outcome, new_features, elapsed_seconds, text, entry)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        entry.id,
        level,
        lineage.run,
        entry.worker,
        lineage.parents.join(' '),
        lineage.mutators.join(' '),
        entry.outcome,
        entry.newFeatures,
        elapsedSeconds,
        text,
        bytes,
      );
    return result.changes > 0;
  }

  /** How often a finding of this kind and signature was stored. */
  timesFound(kind: string, signature: string): number {
    const row = this.db
      .prepare('SELECT times FROM findings WHERE kind = ? AND signature = ?')
      .get(kind, signature);
    return (row as { times: number } | undefined)?.times ?? 0;
  }

  /** Stores a finding, or counts it where its signature is known. */
  addFinding({ finding, bytes, text, folder }: StoredFinding, elapsedSeconds: number): void {
    const { verdict } = finding;
    this.db
      .prepare(
        `INSERT INTO findings (kind, signature, id, worker, reason, folder, times, elapsed_seconds, text, finding)
         VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + 1`,
      )
      .run(
        verdict.kind,
        verdict.signature,
        finding.id,
        finding.worker,
        verdict.reasons[0] ?? '',
        folder,
        elapsedSeconds,
        text,
        bytes,
      );
  }

  addStatistics(row: StatisticsRow): void {
    this.db
      .prepare('INSERT OR REPLACE INTO statistics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        row.elapsedSeconds,
        row.tests,
        row.candidates,
        row.declarations,
        row.declarationsAccepted,
        row.corpus,
        row.features,
        row.leads,
        row.solutions,
        row.restarts,
      );
  }

  /** The newest entries, as their bytes. */
  newestEntries(limit: number): Uint8Array[] {
    const rows = this.db.prepare('SELECT entry FROM corpus ORDER BY number DESC LIMIT ?').all(limit);
    return (rows as { entry: Uint8Array }[]).map((row) => row.entry);
  }

  countEntries(): number {
    return (this.db.prepare('SELECT count(*) AS n FROM corpus').get() as { n: number }).n;
  }

  /** How many findings of a kind there are, and how many different ones. */
  countFindings(kind: string): { times: number; signatures: number } {
    const row = this.db
      .prepare('SELECT coalesce(sum(times), 0) AS times, count(*) AS signatures FROM findings WHERE kind = ?')
      .get(kind);
    return row as { times: number; signatures: number };
  }

  close(): void {
    this.db.close();
  }
}
