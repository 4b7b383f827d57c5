import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { thinStatistics } from '../../../src/store/thin-statistics.js';

const day = 86_400;

/** The seconds that are left of a campaign with a row every ten seconds, and the rows of its two workers. */
function after(seconds: number): { points: number[]; workers: number } {
  const database = new Database(':memory:');
  database.exec(`
    CREATE TABLE statistics (elapsed_seconds REAL PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE worker_statistics (elapsed_seconds REAL, worker INTEGER, PRIMARY KEY (elapsed_seconds, worker)) STRICT, WITHOUT ROWID;`);
  const add = database.prepare('INSERT INTO statistics VALUES (?)');
  const addWorker = database.prepare('INSERT INTO worker_statistics VALUES (?, ?)');
  database.transaction(() => {
    for (let at = 0; at < seconds; at += 10) {
      add.run(at);
      for (const worker of [0, 1]) addWorker.run(at, worker);
      thinStatistics(database, at);
    }
  })();
  const points = database.prepare('SELECT elapsed_seconds FROM statistics').pluck().all() as number[];
  return {
    points,
    workers: database.prepare('SELECT count(*) FROM worker_statistics').pluck().get() as number,
  };
}

describe('statistics that get old', () => {
  it('stay as they are for an hour', () => {
    expect(after(3600).points).toHaveLength(360);
  });

  it('become one a minute, then one a quarter of an hour, for the campaign and for each worker', () => {
    const { points, workers } = after(day + day / 4);
    const between = (from: number, to: number): number => points.filter((at) => at >= from && at < to).length;
    expect(between(0, day / 4 - 1800)).toBe(22);
    expect(between(1.25 * day - 7200, 1.25 * day - 3600)).toBeLessThanOrEqual(66);
    expect(between(1.25 * day - 3600, 1.25 * day)).toBe(360);
    expect(points.length).toBeLessThan(1900);
    expect(workers).toBe(2 * points.length);
    // The last of each while: what a campaign had come to.
    expect(points[0]).toBe(890);
  });

  it('are so also where a campaign that is resumed has gone on for a while without a look', () => {
    const database = new Database(':memory:');
    database.exec(
      'CREATE TABLE statistics (elapsed_seconds REAL PRIMARY KEY) STRICT; CREATE TABLE worker_statistics (elapsed_seconds REAL) STRICT',
    );
    thinStatistics(database, 1e7);
    expect(database.prepare('SELECT count(*) FROM statistics').pluck().get()).toBe(0);
  });
});
