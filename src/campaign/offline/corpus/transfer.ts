import { join } from 'node:path';
import type { CorpusEntry } from '../../../api/entries.js';
import { importName } from '../../../generate/schedule.js';
import { contentId, encodeEntry } from '../../../share/entry-codec.js';
import type { CampaignDatabase } from '../../../store/database.js';
import { messageOf, unusable } from '../../../util/errors.js';
import { replaceFile } from '../../../util/files.js';
import { asText } from '../../../store/candidate-text.js';
import { readImports, type ImportedPart } from '../../imports/read-imports.js';
import type { Stored } from './open-corpus.js';
import { makeFolder } from '../../../util/make-folder.js';

/** Outcome of an entry that was imported and has never run. */
const unrun = 'imported';

/**
 * Writes each entry to a folder: `<id>.entry` holds all of it, `<id>.lean` (or `<id>.txt`, a listing) is for people.
 * UserError (78) where the folder can't be written.
 */
export function exportCorpus(entries: readonly Stored[], folder: string): void {
  try {
    makeFolder(folder);
    for (const { id, level, entry, bytes } of entries) {
      replaceFile(join(folder, `${id}.entry`), bytes);
      replaceFile(
        join(folder, `${id}.${level === 'source' ? 'lean' : 'txt'}`),
        asText(entry.candidate.units),
      );
    }
  } catch (error) {
    throw unusable('export folder', folder, `a folder that can be written (${messageOf(error)})`);
  }
}

/**
 * Adds what a path holds: entries of exports and of other campaigns, Lean text, and exports of declarations. Returns
 * how many were new, how many there were, and in lines what was left out. UserError (2) where there is nothing.
 */
export function importCorpus(
  database: CampaignDatabase,
  path: string,
): { readonly added: number; readonly found: number; readonly notes: readonly string[] } {
  const { parts, notes } = readImports('import', path);
  let added = 0;
  database.together(() =>
    parts.forEach((part, run) => {
      const entry = part.entry ?? unrunEntry(part, run);
      if (database.addEntry({ entry, bytes: encodeEntry(entry) }, 0)) added++;
    }),
  );
  return { added, found: parts.length, notes };
}

function unrunEntry({ level, units }: ImportedPart, run: number): CorpusEntry {
  const lineage = { seed: 0, run, parents: [], mutators: [importName], categories: [] };
  const candidate = { level, lineage, units };
  return {
    id: contentId(candidate),
    candidate,
    features: new Uint32Array(0),
    newFeatures: 0,
    heartbeats: 0,
    outcome: unrun,
    worker: 0,
  };
}
