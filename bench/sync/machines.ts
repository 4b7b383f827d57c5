import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Snapshot } from '../../src/api/campaign.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { packageRoot } from '../../src/util/package.js';
import { start } from '../cleanup.js';
import { treeMicros } from '../memory.js';

/** A machine of a shared campaign when it has ended. */
export interface MachineResult {
  /** Its campaign's folder. */
  readonly folder: string;
  /** When its clock began, in milliseconds of this machine's. */
  readonly startedAt: number;
  /** As it was last shown. */
  readonly last: Snapshot;
  /**
   * From when it was first shown until then, so that no boot counts: declarations, and the processor time of all its
   * processes and of the primary alone.
   */
  readonly declarations: number;
  readonly micros: number;
  readonly primaryMicros: number;
}

/** Runs campaigns of the kernel level on the native Lean at the same time, each with its own folder below `folder`. */
export function runMachines(
  folder: string,
  machines: readonly (readonly string[])[],
  environment: Readonly<Record<string, string>> = {},
): Promise<MachineResult[]> {
  return Promise.all(machines.map((args, n) => runMachine(join(folder, `m${n}`), args, environment)));
}

async function runMachine(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<MachineResult> {
  const command = [
    ...[join(packageRoot, 'bin/lean-fuzz.js'), 'run', '--json', '--lean', fetchedToolchain()],
    ...['--level', 'kernel', '--no-confirm', '--minimize-time', '0', '--campaign', folder],
    ...['--solutions', `${folder}-solutions`, ...args],
  ];
  const env = { ...process.env, ...environment };
  const child = start(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('no pipe');
  let startedAt = NaN;
  let first: { all: number; root: number; declarations: number } | undefined;
  let found: Omit<MachineResult, 'folder' | 'startedAt'> | undefined;
  for await (const line of createInterface(child.stdout)) {
    const message = JSON.parse(line) as { type: string };
    if (message.type === 'started') startedAt = performance.timeOrigin + performance.now();
    if (message.type !== 'status') continue;
    const { all, root } = treeMicros(child.pid ?? 0);
    const last = message as unknown as Snapshot;
    if (!Number.isFinite(root)) continue;
    first ??= { all, root, declarations: last.declarations };
    const declarations = last.declarations - first.declarations;
    found = { last, declarations, micros: all - first.all, primaryMicros: root - first.root };
  }
  const [code] = (await exited) as [number | null];
  if (found === undefined || (code !== 0 && code !== 77))
    throw new Error(`a machine ended with status ${String(code)} (${args.join(' ')})`);
  return { folder, startedAt, ...found };
}
