import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { CampaignRecord, FindingRow, StatisticsPoint, WorkerPoint } from '../api/report.js';
import type { LeanIdentity } from '../api/lean.js';
import type { Yield } from '../api/yields.js';
import { invalid, messageOf, unusable } from '../util/errors.js';
import { schemaVersion, selectYields } from './schema.js';
import { Workdir } from './workdir.js';

/** Reads a campaign, also one that is running. UserError that names the folder where there is none. */
export function readCampaign(folder: string): CampaignRecord {
  const workdir = new Workdir(folder);
  const path = workdir.database;
  if (!existsSync(path)) throw invalid('campaign folder', folder, 'a folder with a campaign.sqlite');
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true });
    const version = db.pragma('user_version', { simple: true });
    if (version !== schemaVersion) {
      const expected = `version ${schemaVersion}, as this lean-fuzz writes it`;
      throw unusable(path, `version ${String(version)}`, expected);
    }
    return recordOf(workdir.folder, db);
  } catch (error) {
    if (error instanceof Database.SqliteError)
      throw unusable(path, messageOf(error), 'a database of lean-fuzz that can be read');
    throw error;
  } finally {
    db?.close();
  }
}

/** In a campaign that ended before it knew. */
const unknownLean: LeanIdentity = {
  ...{
    kind: 'embedded',
    name: 'unknown',
    version: 'unknown',
    githash: 'unknown',
    path: 'unknown',
    hash: 'unknown',
  },
};

/** The Lean that a campaign belongs to, as its database has it. */
export function storedLean(json: string | undefined): LeanIdentity | undefined {
  return json === undefined || json === '' ? undefined : (JSON.parse(json) as LeanIdentity);
}

function recordOf(folder: string, db: Database.Database): CampaignRecord {
  const value = (key: string): string => {
    const row = db.prepare('SELECT value FROM campaign WHERE key = ?').get(key);
    return (row as { value: string } | undefined)?.value ?? '';
  };
  return {
    folder,
    seed: Number(value('seed')),
    lean: storedLean(value('lean')) ?? unknownLean,
    packageVersion: value('packageVersion'),
    elapsedSeconds: Number(value('elapsedSeconds')),
    statistics: db
      .prepare(
        `SELECT elapsed_seconds AS elapsedSeconds, tests, candidates, declarations,
           declarations_accepted AS declarationsAccepted, corpus, features, restarts, timeouts, crashes,
           out_of_memory AS outOfMemory, dropped, share_inside_lean AS shareInsideLean, share_judging AS shareJudging
         FROM statistics ORDER BY elapsed_seconds`,
      )
      .all() as StatisticsPoint[],
    workers: db
      .prepare(
        `SELECT elapsed_seconds AS elapsedSeconds, worker, tests FROM worker_statistics
         ORDER BY elapsed_seconds, worker`,
      )
      .all() as WorkerPoint[],
    errors: JSON.parse(value('errors') || '{}') as Record<string, number>,
    yields: db.prepare(selectYields).all() as Yield[],
    findings: db
      .prepare(
        `SELECT kind, signature, id, reason, folder, times, size, known, elapsed_seconds AS elapsedSeconds
         FROM findings ORDER BY kind DESC, known IS NOT NULL, elapsed_seconds`,
      )
      .all() as FindingRow[],
  };
}
