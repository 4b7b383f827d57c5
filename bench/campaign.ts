import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Snapshot, Summary } from '../src/api/campaign.js';
import { packageRoot } from '../src/util/package.js';
import { start, withTemporaryFolder } from './cleanup.js';

/** A campaign that is over. */
export interface CampaignResult {
  readonly summary: Summary;
  /** From the start of the process to its last line, in seconds. */
  readonly seconds: number;
}

export interface CampaignHooks {
  readonly environment?: Readonly<Record<string, string>>;
  /** Called once a second with the pid of the primary, and the folder that it runs in. */
  status?(snapshot: Snapshot, primary: number, folder: string): void;
  /** Called for each finding of a new signature. */
  finding?(finding: { kind: string; signature: string }): void;
}

/** Exit codes of a campaign that ran to its end: nothing found, and something found. */
const goodExits: readonly (number | null)[] = [0, 77];

/**
 * Runs a campaign (of the source level, where the arguments say nothing else) as users do, by the command, in a
 * folder that is removed afterwards.
 */
export function runCampaign(args: readonly string[], hooks: CampaignHooks = {}): Promise<CampaignResult> {
  return withTemporaryFolder(async (folder) => {
    const startedAt = performance.now();
    const command = [
      join(packageRoot, 'bin/lean-fuzz.js'),
      '--json',
      '--lean',
      'embedded',
      '--level',
      'source',
      '--depth',
      '15',
      ...args,
    ];
    const child = start(process.execPath, command, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...hooks.environment },
    });
    const exited = once(child, 'exit');
    if (child.stdout === null) throw new Error('no pipe');
    let summary: Summary | undefined;
    let seconds = 0;
    for await (const line of createInterface(child.stdout)) {
      const message = JSON.parse(line) as { type: string };
      if (message.type === 'status') hooks.status?.(message as unknown as Snapshot, child.pid ?? 0, folder);
      if (message.type === 'finding')
        hooks.finding?.(message as unknown as { kind: string; signature: string });
      if (message.type !== 'summary') continue;
      summary = message as unknown as Summary;
      seconds = (performance.now() - startedAt) / 1000;
    }
    const [code] = (await exited) as [number | null];
    if (summary === undefined || !goodExits.includes(code)) {
      throw new Error(`the campaign ended with status ${String(code)} (${args.join(' ')})`);
    }
    return { summary, seconds };
  });
}
