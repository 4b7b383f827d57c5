import { existsSync } from 'node:fs';
import type { CorpusEntry } from '../../../api/entries.js';
import { contentId, decodeEntry } from '../../../share/entry-codec.js';
import { CampaignDatabase, type CorpusRow } from '../../../store/database.js';
import { Workdir } from '../../../store/workdir.js';
import { MalformedBytes } from '../../../util/bytes.js';
import { invalid } from '../../../util/errors.js';

/** An entry as it rests in a campaign's database. */
export interface Stored extends CorpusRow {
  readonly entry: CorpusEntry;
}

/**
 * Opens the corpus of a campaign's folder for an action. To change it takes the folder's lock, which a running
 * campaign has; to read it does not. UserError (2) where the folder holds no campaign, (78) where it can't be used.
 */
export function withCorpus<T>(
  folder: string,
  use: 'read' | 'change',
  action: (database: CampaignDatabase) => T,
): T {
  const workdir = new Workdir(folder);
  if (!existsSync(workdir.database)) throw invalid('campaign', folder, 'the folder of a campaign');
  workdir.refuseLinks();
  if (use === 'change') workdir.open();
  let database: CampaignDatabase | undefined;
  try {
    database = CampaignDatabase.open(workdir.database);
    return action(database);
  } finally {
    database?.close();
    workdir.close();
  }
}

/** All entries, oldest first; `damaged` hears of each that can't be read and is passed over. */
export function storedEntries(database: CampaignDatabase, damaged: (what: string) => void): Stored[] {
  return database.corpusRows().flatMap((row) => {
    try {
      const entry = decodeEntry(row.bytes);
      // Files are named by it, so it must be what it says.
      if (row.id !== entry.id || entry.id !== contentId(entry.candidate))
        throw new MalformedBytes(`id "${row.id}", which is not that of the content`);
      return [{ ...row, entry }];
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      damaged(`entry ${row.number} is damaged (${error.message}) and is passed over`);
      return [];
    }
  });
}
