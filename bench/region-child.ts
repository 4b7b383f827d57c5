import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SharedRegion } from '../src/share/region.js';
import { start } from './cleanup.js';

/** Descriptor under which the scripts in bench/children find the shared region. */
export const regionFd = 4;

/** Starts a script of bench/children on the region, and waits until it says that it is ready. */
export async function startOnRegion(
  script: string,
  region: SharedRegion,
  ...args: number[]
): Promise<ChildProcess> {
  const main = fileURLToPath(new URL(`./children/${script}`, import.meta.url));
  const child = start(process.execPath, [main, ...args.map(String)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', region.fd],
  });
  await once(child, 'message');
  return child;
}
