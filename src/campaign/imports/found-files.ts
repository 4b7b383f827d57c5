import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../util/errors.js';
import type { Skipped } from './skipped.js';

/** Files and campaigns that can be imported, each by its path, in the order of the paths. */
export interface FoundFiles {
  readonly texts: string[];
  readonly entries: string[];
  readonly exports: string[];
  /** Folders of campaigns. */
  readonly campaigns: string[];
}

/**
 * The files of a folder and those below it, or a file, by kind. A campaign is one thing, whatever is in its folder;
 * links to folders are not followed. Throws where the path itself can't be read.
 */
export function findFiles(path: string, skipped: Skipped): FoundFiles {
  const found: FoundFiles = { texts: [], entries: [], exports: [], campaigns: [] };
  if (statSync(path).isDirectory())
    lookInto(path, readdirSync(path, { withFileTypes: true }), found, skipped);
  else take(path, found, skipped);
  // The text beside an exported entry says less than the entry.
  const known = new Set(found.entries.map((name) => name.replace(/\.entry$/, '.lean')));
  return { ...found, texts: found.texts.filter((name) => !known.has(name)) };
}

function lookInto(folder: string, all: readonly Dirent[], found: FoundFiles, skipped: Skipped): void {
  if (all.some((entry) => entry.name === 'campaign.sqlite' && entry.isFile())) {
    found.campaigns.push(folder);
    return;
  }
  const sorted = [...all].sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of sorted) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      take(path, found, skipped);
      continue;
    }
    let below: Dirent[];
    try {
      below = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      skipped.add('folders', path, messageOf(error));
      continue;
    }
    lookInto(path, below, found, skipped);
  }
}

function take(path: string, { texts, entries, exports }: FoundFiles, skipped: Skipped): void {
  const kind = [
    [/\.lean$/, texts] as const,
    [/\.entry$/, entries] as const,
    [/\.(ndjson|export)$/, exports] as const,
  ].find(([ending]) => ending.test(path))?.[1];
  if (kind === undefined) {
    // The listing beside an exported entry is for people.
    if (!/[0-9a-f]{16}\.txt$/.test(path)) skipped.add('files of other kinds', path);
  } else if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    skipped.add('files', path, 'no plain file');
  else kind.push(path);
}
