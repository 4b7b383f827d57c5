import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc/<pid>/stat shows it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** R, S, D, Z, ...: see proc(5). */
  readonly state: string;
}

/** A process that runs or waits; undefined for one that has ended, reaped or not. */
export function livingProcess(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold anything, parentheses too.
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? undefined : { pid, parent: Number(parent), state };
  } catch {
    return undefined;
  }
}

/** The command line of a process, words separated by spaces. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The living processes below one, in no particular order. */
export function descendantsOf(root: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => livingProcess(Number(name)) ?? []);
  const below = (parent: number): ProcessInfo[] =>
    all.filter((info) => info.parent === parent).flatMap((info) => [info, ...below(info.pid)]);
  return below(root);
}

/** Waits for a condition that another process brings about; an Error that names it where it never comes true. */
export async function eventually(what: string, condition: () => boolean, millis = 150_000): Promise<void> {
  const deadline = performance.now() + millis;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited ${millis} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The processes of a list that are still alive when they were given time to end. */
export async function survivors(pids: readonly number[], millis = 3000): Promise<string[]> {
  const alive = (): number[] => pids.filter((pid) => livingProcess(pid) !== undefined);
  await eventually('the processes have ended', () => alive().length === 0, millis).catch(() => undefined);
  return alive().map((pid) => `${pid} ${commandOf(pid)}`);
}
