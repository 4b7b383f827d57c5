import type { CorpusEntry } from '../../api/entries.js';
import { contentId, decodeEntry } from '../../share/entry-codec.js';
import { MalformedBytes } from '../../util/bytes.js';
import { readDatabase } from '../../store/stored-finding.js';

/**
 * The corpus of a campaign, oldest first, also of one that runs; `damaged` hears of each entry that can't be read.
 * UserError where the folder holds no campaign of this version.
 */
export function storedCorpus(folder: string, damaged: (what: string) => void): CorpusEntry[] {
  return readDatabase(folder, ['corpus'], (db) => {
    const rows = db.prepare('SELECT number, entry FROM corpus ORDER BY number').all();
    return (rows as { number: number; entry: Uint8Array }[]).flatMap(({ number, entry: bytes }) => {
      try {
        const entry = decodeEntry(bytes);
        if (entry.id === contentId(entry.candidate)) return [entry];
        damaged(`entry ${number}`);
      } catch (error) {
        if (!(error instanceof MalformedBytes)) throw error;
        damaged(`entry ${number} (${error.message})`);
      }
      return [];
    });
  });
}
