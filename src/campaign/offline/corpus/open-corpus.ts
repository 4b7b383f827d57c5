import { existsSync } from 'node:fs';
import type { CorpusEntry } from '../../../api/entries.js';
import { contentId, decodeEntry } from '../../../share/entry-codec.js';
import { CampaignDatabase, type CorpusRow } from '../../../store/database.js';
import { readDatabase } from '../../../store/stored-finding.js';
import { Workdir } from '../../../store/workdir.js';
import { MalformedBytes } from '../../../util/bytes.js';
import { invalid } from '../../../util/errors.js';
import { asUserError } from '../../../util/machine-trouble.js';

/** An entry as it rests in a campaign's database. */
export interface Stored extends CorpusRow {
  readonly entry: CorpusEntry;
}

/** The features and blocks that an entry shows, and its size in bytes. */
export interface Shown {
  readonly number: number;
  readonly features: Uint32Array;
  /** Blocks of a native kernel's code that it reaches, where they were watched. */
  readonly blocks: Uint32Array | undefined;
  readonly bytes: number;
}

/**
 * Opens the corpus of a campaign's folder for an action. To change it takes the folder's lock, which a running
 * campaign has; to read it takes nothing, and nothing is written, so a disk may be read-only. UserError (2) where the
 * folder holds no campaign, (78) where it can't be used.
 */
export function withCorpus<T>(
  folder: string,
  use: 'read' | 'change',
  action: (database: CampaignDatabase) => T,
): T {
  if (use === 'read')
    return readDatabase(folder, ['corpus'], (db, { database }) => action(CampaignDatabase.of(database, db)));
  const workdir = new Workdir(folder);
  if (!existsSync(workdir.database))
    throw invalid('campaign folder', folder, 'a folder with a campaign.sqlite');
  workdir.refuseStrangers();
  workdir.open();
  let database: CampaignDatabase | undefined;
  try {
    database = CampaignDatabase.open(workdir.database);
    return action(database);
  } catch (error) {
    throw asUserError(error, 'campaign folder', workdir.folder);
  } finally {
    database?.close();
    workdir.close();
  }
}

/** All entries, oldest first; `damaged` hears of each that can't be read and is passed over. */
export function storedEntries(database: CampaignDatabase, damaged: (what: string) => void): Stored[] {
  return database.corpusRows().flatMap((row) => {
    const entry = readEntry(row, damaged);
    return entry === undefined ? [] : [{ ...row, entry }];
  });
}

/** The same, of each entry only what it shows: a corpus of any size has room in memory. */
export function shownByEntries(database: CampaignDatabase, damaged: (what: string) => void): Shown[] {
  const all: Shown[] = [];
  for (const row of database.eachNumbered()) {
    const entry = readEntry(row, damaged);
    if (entry === undefined) continue;
    const { features, blocks } = entry;
    all.push({ number: row.number, features, blocks, bytes: row.bytes.length });
  }
  return all;
}

function readEntry(
  { number, id, bytes }: Pick<CorpusRow, 'number' | 'id' | 'bytes'>,
  damaged: (what: string) => void,
): CorpusEntry | undefined {
  try {
    const entry = decodeEntry(bytes);
    // Files are named by it, so it must be what it says.
    if (id !== entry.id || entry.id !== contentId(entry.candidate))
      throw new MalformedBytes(`id "${id}", which is not that of the content`);
    return entry;
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    damaged(`entry ${number} is damaged (${error.message}) and is passed over`);
    return undefined;
  }
}
