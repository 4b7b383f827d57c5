import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusEntry } from '../../../api/entries.js';
import { importName } from '../../../generate/schedule.js';
import { readLeanFiles } from '../../../generate/text/lean-files.js';
import { contentId, decodeEntry, encodeEntry } from '../../../share/entry-codec.js';
import type { CampaignDatabase } from '../../../store/database.js';
import { MalformedBytes } from '../../../util/bytes.js';
import { ExitCode, UserError, invalid, messageOf, unusable } from '../../../util/errors.js';
import { readBounded, replaceFile } from '../../../util/files.js';
import { asText } from '../../../store/candidate-text.js';
import type { Stored } from './open-corpus.js';
import { makeFolder } from '../../../util/make-folder.js';

/** Bytes of an exported entry: what a worker's log has room for, and more. */
const maxEntryBytes = 16 << 20;

/** Outcome of an entry that was imported and has never run. */
const unrun = 'imported';

/**
 * Writes each entry to a folder: `<id>.entry` holds all of it, `<id>.lean` (or `<id>.txt`, a listing) is for people.
 * UserError (78) where the folder can't be written.
 */
export function exportCorpus(entries: readonly Stored[], folder: string): void {
  try {
    makeFolder(folder);
    for (const { id, level, text, bytes } of entries) {
      replaceFile(join(folder, `${id}.entry`), bytes);
      replaceFile(join(folder, `${id}.${level === 'source' ? 'lean' : 'txt'}`), text);
    }
  } catch (error) {
    throw unusable('export folder', folder, `a folder that can be written (${messageOf(error)})`);
  }
}

/**
 * Adds what a folder holds: `.entry` files of an export, and `.lean` files of anybody else. Returns how many were
 * new and how many there were. UserError (2) where there is nothing to import or a file is damaged.
 */
export function importCorpus(database: CampaignDatabase, folder: string): { added: number; found: number } {
  const files = listFiles(folder);
  const exported = files.filter((name) => name.endsWith('.entry'));
  const entries = exported.map((name) => readEntry(join(folder, name)));
  // The text beside an exported entry says less than the entry.
  const known = new Set(exported.map((name) => name.replace(/\.entry$/, '.lean')));
  const hasTexts = files.some((name) => name.endsWith('.lean') && !known.has(name));
  if (entries.length === 0 || hasTexts) {
    const parts = readLeanFiles('import folder', folder).filter(({ file }) => !known.has(file));
    entries.push(...parts.map(({ units }, run) => textEntry(units, run)));
  }
  let added = 0;
  database.together(() => {
    for (const entry of entries) {
      const text = asText(entry.candidate.units);
      if (database.addEntry({ entry, bytes: encodeEntry(entry), text }, 0)) added++;
    }
  });
  return { added, found: entries.length };
}

function listFiles(folder: string): string[] {
  try {
    if (statSync(folder).isDirectory()) return readdirSync(folder, { recursive: true }).map(String).sort();
  } catch (error) {
    throw new UserError(`import folder: ${folder} can't be read: ${messageOf(error)}`, ExitCode.usage);
  }
  throw invalid('import folder', folder, 'a folder with .lean files, or an export');
}

function textEntry(units: CorpusEntry['candidate']['units'], run: number): CorpusEntry {
  const lineage = { seed: 0, run, parents: [], mutators: [importName], categories: [] };
  const candidate = { level: 'source', lineage, units } as const;
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

/** Reads an exported entry; all of it is checked, because it may come from anywhere. */
function readEntry(path: string): CorpusEntry {
  try {
    const entry = decodeEntry(readBounded(path, maxEntryBytes));
    if (contentId(entry.candidate) !== entry.id)
      throw new MalformedBytes('an id that is not that of the content');
    return entry;
  } catch (error) {
    if (error instanceof MalformedBytes)
      throw invalid(path, error.message, 'an entry that `corpus export` of this version wrote');
    throw error;
  }
}
