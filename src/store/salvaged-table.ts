import { statSync } from 'node:fs';
import Database from 'better-sqlite3';

type Row = Readonly<Record<string, unknown>>;

/** Where the largest number of a row can't be known: so many for each page that has data are looked for, within bounds. */
const blindly = { perPage: 8, least: 1 << 14, most: 1 << 20 } as const;

/** A table of a damaged database, of which as much is read as can be. */
export class SalvagedTable {
  /** Rows that could not be read. */
  lost = 0;
  /** Whether there may be rows that nobody can count. */
  isCut = false;

  constructor(
    private readonly db: Database.Database,
    private readonly table: string,
    /** The columns of its primary key. */
    private readonly keys: readonly string[],
  ) {}

  /** All rows that can be read. */
  *rows(): Generator<Row> {
    const [key] = this.keys;
    if (this.keys.length === 1 && key !== undefined && this.hasNumbers(key)) yield* this.numbered(key);
    else yield* this.fromBothEnds();
  }

  /** Whether rows lie in the order of that column, which is an integer. */
  private hasNumbers(key: string): boolean {
    const info = this.db.pragma(`table_info(${this.table})`) as { name: string; type: string }[];
    return info.some(({ name, type }) => name === key && type === 'INTEGER');
  }

  /** Those of a table whose rows are numbered: halves of what can't be read at once, down to single rows. */
  private *numbered(key: string): Generator<Row> {
    const first = this.edge(key, 'ASC') ?? 0;
    const last = this.edge(key, 'DESC');
    if (last === undefined) this.isCut = true;
    if (this.isCut && this.isRootLost()) return;
    const statement = this.db.prepare(`SELECT * FROM ${this.table} WHERE ${key} BETWEEN ? AND ?`);
    const ranges: [number, number][] = [[first, last ?? this.guessedLast()]];
    for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
      const [from, to] = range;
      const found = readable(() => statement.all(from, to) as Row[]);
      if (found !== undefined) yield* found;
      else if (from < to) {
        const middle = Math.floor((from + to) / 2);
        ranges.push([middle + 1, to], [from, middle]);
      } else if (!this.isCut) this.lost++;
    }
  }

  /** Whether the page is damaged from which every row is reached: to look for rows one by one would take minutes. */
  private isRootLost(): boolean {
    const sql = 'SELECT pagetype FROM dbstat WHERE name = ? LIMIT 1';
    return readable(() => this.db.prepare(sql).pluck().get(this.table)) === 'corrupted';
  }

  private guessedLast(): number {
    const page = readable(() => this.db.pragma('page_size', { simple: true }) as number) ?? 4096;
    // Of the disk's: a file may say that it has terabytes, and be a hole.
    const pages = Math.ceil((statSync(this.db.name).blocks * 512) / page);
    return Math.min(blindly.most, Math.max(blindly.least, pages * blindly.perPage));
  }

  /** The first or the last number; undefined where it can't be read, zero where there is no row. */
  private edge(key: string, order: 'ASC' | 'DESC'): number | undefined {
    const sql = `SELECT ${key} FROM ${this.table} ORDER BY ${key} ${order} LIMIT 1`;
    return readable(() => (this.db.prepare(sql).pluck().get() as number | undefined) ?? 0);
  }

  /** Those of a table without numbers: from its beginning as far as that goes, and then from its end. */
  private *fromBothEnds(): Generator<Row> {
    for (const order of ['ASC', 'DESC']) {
      const by = this.keys.map((key) => `${key} ${order}`).join(', ');
      const rows = this.db
        .prepare(`SELECT * FROM ${this.table} ORDER BY ${by}`)
        .iterate() as IterableIterator<Row>;
      for (let next = this.step(rows); next !== undefined; next = this.step(rows)) yield next;
      if (!this.isCut) return;
    }
  }

  private step(rows: IterableIterator<Row>): Row | undefined {
    const next = readable(() => rows.next());
    if (next === undefined) this.isCut = true;
    return next?.done === false ? next.value : undefined;
  }
}

/** The value that an action reads; undefined where the database is damaged there. */
function readable<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  }
}
