import { readFileSync } from 'node:fs';

/** Of Linux on the machines that there is an addon for. */
const pageBytes = 4096;

/** Bytes of memory that a process sees and that are not swapped out; 0 where there is no such process. */
export function residentBytes(pid: number): number {
  if (pid <= 0) return 0;
  try {
    const [, resident = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return Number(resident) * pageBytes;
  } catch {
    return 0;
  }
}
