import type { Database } from 'better-sqlite3';

const [minute, hour, day] = [60, 3600, 86_400];

/** Behind so many seconds, one row is kept of so many seconds. */
const ages = [
  { behind: hour, every: minute },
  { behind: day, every: 15 * minute },
  { behind: 30 * day, every: 4 * hour },
] as const;

/**
 * Leaves out rows of the statistics as they get old, the newest of each while stays: a campaign of months keeps some
 * thousand points. Cheap, however often it is called: each time it looks at the one while that has just become old
 * enough, and at the one before it.
 */
export function thinStatistics(database: Database, elapsedSeconds: number): void {
  for (const { behind, every } of ages) {
    const end = Math.floor((elapsedSeconds - behind) / every) * every;
    for (const from of [end - 2 * every, end - every])
      if (from >= 0)
        for (const table of ['statistics', 'worker_statistics'])
          database
            .prepare(
              `DELETE FROM ${table} WHERE elapsed_seconds >= ? AND elapsed_seconds < ? AND elapsed_seconds <
                 (SELECT max(elapsed_seconds) FROM ${table} WHERE elapsed_seconds >= ? AND elapsed_seconds < ?)`,
            )
            .run(from, from + every, from, from + every);
  }
}
