import type Database from 'better-sqlite3';

/** Of the last entry of the corpus that was shared with a place. */
export const sentKey = 'sent';

/** Values by key that are kept for each place where machines share. */
export class SyncTable {
  constructor(private readonly db: Database.Database) {}

  get(place: string, key: string): string | undefined {
    const row = this.db.prepare('SELECT value FROM sync WHERE place = ? AND key = ?').pluck();
    return row.get(place, key) as string | undefined;
  }

  set(place: string, key: string, value: string): void {
    this.db
      .prepare('INSERT INTO sync VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
      .run(place, key, value);
  }

  /** Values of keys that begin with a prefix, by what follows it. */
  below(place: string, prefix: string): Map<string, string> {
    const rows = this.db
      .prepare('SELECT substr(key, ?) AS name, value FROM sync WHERE place = ? AND substr(key, 1, ?) = ?')
      .all(prefix.length + 1, place, prefix.length, prefix) as { name: string; value: string }[];
    return new Map(rows.map(({ name, value }) => [name, value]));
  }

  /** Whatever place: entries behind this number are not shared yet. */
  setSentAtMost(number: number): void {
    this.db
      .prepare(`UPDATE sync SET value = ? WHERE key = '${sentKey}' AND CAST(value AS INTEGER) > ?`)
      .run(String(number), number);
  }

  /** Forgets all about a place. */
  forget(place: string): void {
    this.db.prepare('DELETE FROM sync WHERE place = ?').run(place);
  }
}
