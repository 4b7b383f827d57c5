import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isThere, readBounded, replaceFile, RootFolder } from '../util/files.js';
import { makeFolder } from '../util/make-folder.js';
import { maxFindingBytes } from './finding-folder.js';

/** Below a campaign's folder: findings that its database could not take, a file each, named by id. */
const folderName = 'rescued';

/** Keeps a finding's bytes, as encodeFinding made them, for the campaign's next run. Throws what the system says. */
export function keepRescued(campaignFolder: string, id: string, bytes: Uint8Array): void {
  makeFolder(join(campaignFolder, folderName));
  replaceFile(new RootFolder(campaignFolder).at(folderName, id), bytes);
}

/** The ids of findings that an earlier run kept so. */
export function rescuedIn(campaignFolder: string): string[] {
  const folder = join(campaignFolder, folderName);
  if (!isThere(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{16}$/.test(entry.name))
    .map(({ name }) => name);
}

/** The bytes of one of them. UserError where they are too many; throws what the system says. */
export function readRescued(campaignFolder: string, id: string): Buffer {
  return readBounded(new RootFolder(campaignFolder).at(folderName, id), maxFindingBytes);
}

/** Takes one away that is in the database now. */
export function forgetRescued(campaignFolder: string, id: string): void {
  rmSync(new RootFolder(campaignFolder).at(folderName, id), { force: true });
}
