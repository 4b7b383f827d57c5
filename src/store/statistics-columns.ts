/** The columns of the statistics table, said once: its definition, what is written to it and what is read from it. */
import type { StatisticsPoint } from '../api/report.js';

/** Each column's type, by the name that a point has for it; the first is the key. */
const types = {
  elapsedSeconds: 'REAL',
  tests: 'INTEGER',
  candidates: 'INTEGER',
  declarations: 'INTEGER',
  declarationsAccepted: 'INTEGER',
  corpus: 'INTEGER',
  features: 'INTEGER',
  blocks: 'INTEGER',
  leads: 'INTEGER',
  solutions: 'INTEGER',
  restarts: 'INTEGER',
  timeouts: 'INTEGER',
  crashes: 'INTEGER',
  outOfMemory: 'INTEGER',
  dropped: 'INTEGER',
  shareInsideLean: 'REAL',
  shareJudging: 'REAL',
} as const satisfies Record<keyof StatisticsPoint, 'REAL' | 'INTEGER'>;

const columns = Object.keys(types) as (keyof StatisticsPoint)[];

export const createStatistics = `
  CREATE TABLE statistics (
    ${columns.map((column, i) => `${nameOf(column)} ${types[column]} ${i === 0 ? 'PRIMARY KEY' : 'NOT NULL'}`).join(',\n    ')}
  ) STRICT, WITHOUT ROWID;`;

export const insertStatistics = `INSERT OR REPLACE INTO statistics VALUES (${columns.map(() => '?').join(', ')})`;

/** Reads points, oldest first. */
export const selectStatistics = `
  SELECT ${columns.map((column) => `${nameOf(column)} AS ${column}`).join(', ')}
  FROM statistics ORDER BY elapsed_seconds`;

/** The values of a row for insertStatistics. */
export function statisticsValues(point: StatisticsPoint): number[] {
  return columns.map((column) => point[column]);
}

function nameOf(column: string): string {
  return column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
