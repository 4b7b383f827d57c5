import { mkdirSync, readdirSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** Lists a finding below the solutions folder, in a folder that is named after the answers it got. */
export function linkFinding(solutionsFolder: string, row: string, folder: string): void {
  const parent = join(solutionsFolder, row);
  mkdirSync(parent, { recursive: true });
  const link = join(parent, basename(folder));
  rmSync(link, { force: true });
  symlinkSync(relative(parent, folder), link);
}

/** Takes a finding off that list, and the list away where it was the last. */
export function unlinkFinding(solutionsFolder: string, row: string, folder: string): void {
  const parent = join(solutionsFolder, row);
  rmSync(join(parent, basename(folder)), { force: true });
  if (readdirSync(parent).length === 0) rmdirSync(parent);
}
