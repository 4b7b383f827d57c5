import { readdirSync, readFileSync } from 'node:fs';

/** MiB of a process that are in its own pages and no longer shared with what it was forked from. */
export function privateDirtyMiB(pid: number): number {
  return kibibytes(`/proc/${pid}/smaps_rollup`, 'Private_Dirty') / 1024;
}

export function residentMiB(pid: number): number {
  return kibibytes(`/proc/${pid}/status`, 'VmRSS') / 1024;
}

/** The most that was resident of a process so far. */
export function peakMiB(pid: number): number {
  return kibibytes(`/proc/${pid}/status`, 'VmHWM') / 1024;
}

/**
 * Microseconds of processor time that a process has had; NaN where it is gone. The kernel counts in hundredths of a
 * second.
 */
export function processorMicros(pid: number): number {
  return micros(pid, 11);
}

/** The same to the nanosecond, of its first thread: all of it in an executor of kernel level. */
export function runningMicros(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1000;
  } catch {
    return processorMicros(pid); // a kernel that keeps no such statistics
  }
}

/** The same of the children of a process: those that are there, and those that were and have ended. */
export function childrensMicros(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + processorMicros(child), micros(pid, 13));
}

/** User and system time, the first of which stands in this field of a process' stat. */
function micros(pid: number, field: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[field]) + Number(fields[field + 1])) * 10_000;
  } catch {
    return NaN;
  }
}

/** The same of a process with all that it has started and that is there or has ended; and of it alone. */
export function treeMicros(root: number): { readonly all: number; readonly root: number } {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const parent = parentOf(pid);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const sum = (pid: number): number =>
    (processorMicros(pid) || 0) +
    (micros(pid, 13) || 0) +
    (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return { all: sum(root), root: processorMicros(root) };
}

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number {
  try {
    // The name in parentheses may hold anything; behind its last parenthesis come state and parent.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // ended meanwhile
  }
}

/** NaN where the process is gone: a process that is recycled during a sample is no error. */
function kibibytes(path: string, field: string): number {
  try {
    const line = readFileSync(path, 'latin1').match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'));
    return Number(line?.[1] ?? NaN);
  } catch {
    return NaN;
  }
}
