import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { invalid, messageOf, unusable } from '../util/errors.js';

/** Folders are looked into so deep: a folder of campaigns has findings below `CAMPAIGN/leads/`. */
const deepest = 4;
/** A finding's former forms are no findings of their own. */
const notLookedInto = new Set(['history', 'errors', 'project', 'node_modules', '.git']);

/**
 * The folders of findings in a folder, itself included, by name; links are not followed. UserError where it is none (2),
 * and where it can't be read (78).
 */
export function findFindings(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw invalid('folder', folder, 'a folder that is there');
  try {
    return [...below(folder, 0)];
  } catch (error) {
    throw unusable('folder', folder, `one that can be read (${messageOf(error)})`);
  }
}

function* below(folder: string, depth: number): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === 'finding.json')) yield folder;
  if (depth === deepest) return;
  const isOpen = (entry: Dirent): boolean => entry.isDirectory() && !notLookedInto.has(entry.name);
  for (const { name } of entries.filter(isOpen).sort((one, other) => (one.name < other.name ? -1 : 1)))
    yield* below(join(folder, name), depth + 1);
}
