import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from '../util/errors.js';
import { Workdir } from './workdir.js';

/** The folder of the campaign below `campaigns/` that was written to last. UserError where there is none. */
export function newestCampaign(below = 'campaigns'): string {
  const folders = namesIn(below)
    .map((name) => join(below, name))
    .flatMap((folder) => {
      const time = writtenAt(new Workdir(folder));
      return time === undefined ? [] : [{ folder, time }];
    });
  const newest = folders.sort((one, other) => other.time - one.time)[0];
  if (newest === undefined)
    throw unusable(below, 'no campaign', 'a folder with campaigns, or the folder of one');
  return newest.folder;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Milliseconds since 1970; a running campaign writes beside its database. */
function writtenAt({ database }: Workdir): number | undefined {
  const times = [database, `${database}-wal`].map(
    (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs,
  );
  return times[0] === undefined ? undefined : Math.max(times[0], times[1] ?? 0);
}
