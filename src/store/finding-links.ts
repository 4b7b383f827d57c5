import { lstatSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { RootFolder } from '../util/files.js';
import { makeFolder } from '../util/make-folder.js';

/** Lists a finding below the solutions folder, in a folder that is named after the answers it got. */
export function linkFinding(solutionsFolder: string, row: string, folder: string): void {
  const parent = new RootFolder(solutionsFolder).at(row);
  makeFolder(parent);
  const link = join(parent, basename(folder));
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() === true) rmSync(link);
  else if (there !== undefined) return; // somebody has put something else there
  symlinkSync(relative(parent, folder), link);
}
