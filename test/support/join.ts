import { join } from 'node:path';
import type { WorkerSnapshot } from '../../src/api/campaign.js';
import { Running, type StartOptions } from './campaign.js';
import { quickLean } from './native-lean.js';
import { eventually } from './processes.js';

/** Starts the first terminal of a campaign: one worker, on the Lean that is quickest unless another is named. */
export function startHost(folder: string, ...args: string[]): Running {
  const common = ['--json', '--campaign', folder, '--solutions', join(folder, 'solutions')];
  return new Running([...common, '--lean', quickLean, '--cores', '1', '--seed', '7', ...args]);
}

/** The same at the level where candidates are quickest, once it runs them. */
export async function startedHost(folder: string, ...args: string[]): Promise<Running> {
  const host = startHost(folder, '--level', 'kernel', ...args);
  await eventually('the campaign runs', () => host.hasEnded || (host.status?.candidates ?? 0) > 0);
  if (host.hasEnded) throw new Error(`the campaign ended early: ${(await host.ended).stderr}`);
  return host;
}

/** Starts another terminal on a campaign. */
export function startGuest(folder: string, args: readonly string[], options: StartOptions = {}): Running {
  return new Running(['--json', '--campaign', folder, ...args], options);
}

/** The workers that a guest brought, once it was let in. */
export async function joinedWorkers(guest: Running): Promise<readonly number[]> {
  const started = (): unknown => guest.lines.find(({ type }) => type === 'started')?.['joinedWorkers'];
  await eventually('the guest has joined', () => guest.hasEnded || started() !== undefined);
  if (guest.hasEnded) throw new Error(`the guest ended early: ${(await guest.ended).stderr}`);
  return started() as number[];
}

/** Waits until the campaign has workers of just these numbers, and each satisfies a condition. */
export async function workersAre(
  host: Running,
  workers: readonly number[],
  each: (worker: WorkerSnapshot) => boolean = () => true,
): Promise<void> {
  await eventually(`the campaign has workers ${workers.join(', ')}`, () => {
    const now = host.status?.workers ?? [];
    return now.map(({ worker }) => worker).join() === workers.join() && now.every(each);
  });
}

/** Waits until there are so many worker processes, each with an executor. */
export async function processesAre(host: Running, count: number): Promise<void> {
  await eventually(`${count} workers with executors`, () => {
    const { workers, executors } = host.family();
    return workers.length === count && executors.length === count;
  });
}
