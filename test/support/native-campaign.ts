import { join } from 'node:path';
import type { Snapshot } from '../../src/api/campaign.js';
import type { NativeLean } from '../../src/api/lean.js';
import { Running } from './campaign.js';
import { eventually } from './processes.js';

/** Starts a campaign of one worker at the kernel level of a native Lean, and waits until it has come so far. */
export async function startedNative(
  lean: NativeLean,
  folder: string,
  solutions: string = join(folder, 's'),
  isThere: (status: Snapshot) => boolean = ({ tests }) => tests > 0,
): Promise<Running> {
  const running = new Running([
    ...['--json', '--cores', '1', '--seed', '7', '--level', 'kernel', '--lean', lean.root],
    ...['--coverage', 'off', '--campaign', folder, '--solutions', solutions, '--minimize-time', '0s'],
  ]);
  const hasBegun = (): boolean => running.status !== undefined && isThere(running.status);
  await eventually('the campaign has come so far', () => running.hasEnded || hasBegun());
  if (running.hasEnded) throw new Error(`the campaign ended early: ${(await running.ended).stderr}`);
  return running;
}
