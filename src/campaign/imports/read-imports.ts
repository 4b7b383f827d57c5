/**
 * The user's part of a campaign's first candidates: Lean text, exports of declarations, entries that `corpus export`
 * wrote, and the corpora of other campaigns. Files and parts that can't be used are left out and counted; none of them
 * ends the import.
 */
import { isUtf8 } from 'node:buffer';
import { relative } from 'node:path';
import type { Unit } from '../../api/candidate.js';
import type { CorpusEntry } from '../../api/entries.js';
import type { InputLevel } from '../../api/execution.js';
import { RefusedUnits } from '../../generate/custom/read-units.js';
import { partsOfText } from '../../generate/text/lean-files.js';
import { contentId, decodeEntry } from '../../share/entry-codec.js';
import { MalformedBytes } from '../../util/bytes.js';
import { UserError, invalid, messageOf } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';
import { asReadError } from '../../util/machine-trouble.js';
import { partsOfExport } from './export-parts.js';
import { findFiles } from './found-files.js';
import { counted, Skipped } from './skipped.js';
import { storedCorpus } from './stored-corpus.js';

/** Units of one of the first candidates. */
export interface ImportedPart {
  readonly level: InputLevel;
  readonly units: readonly Unit[];
  /** The entry that it is in another campaign; absent for Lean text and exports of declarations. */
  readonly entry?: CorpusEntry;
}

/** Parts that were found, and a line for each kind that was left out. */
export interface Imports {
  readonly parts: readonly ImportedPart[];
  readonly notes: readonly string[];
}

/** Bytes of an exported entry: what a worker's log has room for, and more. */
const maxEntryBytes = 16 << 20;
/** Bytes of a Lean file. */
const maxTextBytes = 4 << 20;

const expected = 'a campaign, or a file or folder of .lean, .entry or .ndjson files (of lean4export)';

/** The imports that a campaign's options name, of its levels. UserError (2) where a path is named and none is found. */
export function loadImports(options: { importFolder?: string | undefined; level: string }): Imports {
  const { importFolder: path, level } = options;
  if (path === undefined) return { parts: [], notes: [] };
  const { parts, notes } = readImports('--import', path);
  if (level === 'both') return { parts, notes };
  const fitting = parts.filter((part) => part.level === level);
  const others = parts.length - fitting.length;
  const other = level === 'kernel' ? 'source' : 'kernel';
  if (fitting.length === 0)
    throw invalid(
      '--import',
      path,
      `something for --level ${level}: ${others === 1 ? 'its one part is' : `all ${others} parts are`} of ${other} level`,
    );
  if (others === 0) return { parts, notes };
  return {
    parts: fitting,
    notes: [...notes, `${counted(others, 'parts')} of ${other} level left out at --level ${level}`],
  };
}

/** All that can be imported of a path. UserError (2), by the option's name, where that is nothing. */
export function readImports(option: string, path: string): Imports {
  const skipped = new Skipped();
  const parts = new Map<string, ImportedPart>();
  const add = (part: ImportedPart): void => {
    const { level, units } = part;
    const lineage = { seed: 0, run: 0, parents: [], mutators: [], categories: [] };
    const id = contentId({ level, units, lineage });
    // A part that is there twice is run once.
    if (!parts.has(id)) parts.set(id, part);
  };
  let files;
  try {
    files = findFiles(path, skipped);
  } catch (error) {
    throw asReadError(error, option, path, `${option}: ${path} can't be read`);
  }
  /** Reads each file; an error of a file, which `read` throws, is counted and ends nothing. */
  const each = (kind: string, paths: readonly string[], read: (file: string) => void): void => {
    for (const file of paths)
      try {
        read(file);
      } catch (error) {
        if (!isOfFile(error)) throw error;
        skipped.add(kind, relative(path, file) || file, messageOf(error));
      }
  };
  each('campaigns', files.campaigns, (folder) => {
    const damaged = (what: string): void => skipped.add('damaged entries', `${what} of ${folder}`);
    storedCorpus(folder, damaged).forEach((entry) => add(partOf(entry)));
  });
  each('.entry files', files.entries, (file) => add(partOf(readEntry(file))));
  each('.ndjson files', files.exports, (file) =>
    partsOfExport(file, skipped).forEach((units) => add({ level: 'kernel', units })),
  );
  each('.lean files', files.texts, (file) => {
    const found = partsOfText(textOf(readBounded(file, maxTextBytes)));
    if (found.length === 0) throw new RefusedUnits('no declarations');
    found.forEach((units) => add({ level: 'source', units }));
  });
  const notes = skipped.lines;
  if (parts.size > 0) return { parts: [...parts.values()], notes };
  throw invalid(option, path, notes.length === 0 ? expected : `${expected}; ${notes.join('; ')}`);
}

function isOfFile(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    error instanceof RefusedUnits ||
    (error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string')
  );
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new RefusedUnits('no UTF-8');
  return bytes.toString();
}

function partOf(entry: CorpusEntry): ImportedPart {
  const { level, units } = entry.candidate;
  return { level, units, entry };
}

/** Reads an exported entry; all of it is checked, because it may come from anywhere. */
function readEntry(path: string): CorpusEntry {
  const fail = (message: string): RefusedUnits =>
    new RefusedUnits(`${message}, expected an entry that \`corpus export\` of this version wrote`);
  try {
    const entry = decodeEntry(readBounded(path, maxEntryBytes));
    if (contentId(entry.candidate) !== entry.id) throw fail('an id that is not that of the content');
    return entry;
  } catch (error) {
    throw error instanceof MalformedBytes ? fail(error.message) : error;
  }
}
