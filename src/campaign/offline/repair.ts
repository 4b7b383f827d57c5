import { existsSync } from 'node:fs';
import { decodeEntry, decodeFinding } from '../../share/entry-codec.js';
import { OtherVersion } from '../../store/check-database.js';
import { CampaignDatabase } from '../../store/database.js';
import { salvage, type Salvaged } from '../../store/salvage.js';
import type { TableName } from '../../store/schema.js';
import { isStoredValue } from '../../store/stored-values.js';
import { Workdir } from '../../store/workdir.js';
import { MalformedBytes } from '../../util/bytes.js';
import { invalid, UserError } from '../../util/errors.js';

/** The outcome for a campaign's database; `kept` is the path of the damaged one, beside the new. */
export type Repaired =
  | { readonly kind: 'undamaged' }
  | {
      readonly kind: 'repaired';
      readonly kept: string;
      readonly rows: Readonly<Record<TableName, Salvaged>>;
    };

/**
 * Makes a new database of what a campaign's damaged one still holds; the damaged one stays beside it. UserError (2) where
 * the folder holds no campaign, (78) where one runs in it, or nothing of it can be read.
 */
export function repairCampaign(folder: string): Repaired {
  const workdir = new Workdir(folder);
  if (!existsSync(workdir.database))
    throw invalid('campaign folder', folder, 'a folder with a campaign.sqlite');
  workdir.open();
  try {
    if (isUndamaged(workdir.database)) return { kind: 'undamaged' };
    const { kept, rows } = salvage(workdir.database, isWhole);
    CampaignDatabase.open(workdir.database).close();
    return { kind: 'repaired', kept, rows };
  } finally {
    workdir.close();
  }
}

function isUndamaged(path: string): boolean {
  let database: CampaignDatabase | undefined;
  try {
    database = CampaignDatabase.open(path);
    if (!database.isWhole || !database.values().every(({ key, value }) => isStoredValue(key, value)))
      return false;
    for (const bytes of database.eachEntry()) if (!isReadable(bytes, decodeEntry)) return false;
    const { findings } = database;
    return findings.ids().every((id) => isReadable(findings.byId(id)?.bytes, decodeFinding));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Another version's is not to be made one of this version; version 0 is no version's.
    if (error instanceof OtherVersion && error.version > 0) throw error;
    return false;
  } finally {
    database?.close();
  }
}

function isWhole(table: TableName, row: Readonly<Record<string, unknown>>): boolean {
  if (table === 'campaign') return isStoredValue(String(row['key']), String(row['value']));
  if (table === 'corpus') return isReadable(row['entry'], decodeEntry);
  return table !== 'findings' || isReadable(row['finding'], decodeFinding);
}

function isReadable(bytes: unknown, decode: (bytes: Uint8Array) => unknown): boolean {
  if (!(bytes instanceof Uint8Array)) return false;
  try {
    decode(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return false;
  }
}
