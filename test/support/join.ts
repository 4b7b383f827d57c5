import { join } from 'node:path';
import type { WorkerSnapshot } from '../../src/api/campaign.js';
import { Running, type StartOptions } from './campaign.js';
import { executorsOf } from './executors.js';
import { quickLean } from './native-lean.js';
import { eventually, livingProcess } from './processes.js';

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

/** Waits until there are so many worker processes, each with an executor, and no executors of others. */
export async function processesAre(host: Running, count: number): Promise<void> {
  await eventually(`${count} workers with executors`, () => {
    const { main, aside } = executorsOf(host);
    const { workers, executors } = host.family();
    const theirs = [
      ...main.values(),
      ...[...aside].flatMap(([worker, pid]) => (main.has(worker) ? pid : [])),
    ];
    return workers.length === count && main.size === count && sameMembers(executors, theirs);
  });
}

function sameMembers(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}

/**
 * Stops a worker's executor, and waits until that worker is stuck for it. An executor that is about to be replaced, as
 * those are behind candidates that run code, is stopped in vain: then the next one is.
 */
export async function stopExecutorOf(host: Running, worker: number): Promise<number> {
  const executor = (): number => executorsOf(host).main.get(worker) ?? 0;
  const candidatesOf = (): number | undefined =>
    host.status?.workers.find((each) => each.worker === worker)?.candidates;
  for (;;) {
    const pid = executor();
    if (pid > 0) stop(pid);
    const [seconds = 0, candidates] = [host.status?.elapsedSeconds, candidatesOf()];
    // Two lines later, one that was not at a job would have begun one.
    await eventually('two seconds go by', () => (host.status?.elapsedSeconds ?? 0) > seconds + 2);
    if (executor() === pid && livingProcess(pid)?.state === 'T' && candidatesOf() === candidates) return pid;
  }
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    // It has just ended: the next one is stopped.
  }
}
