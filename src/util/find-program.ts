import { resolve } from 'node:path';
import which from 'which';

/** The full path of a program that is named by a path, or looked for on the PATH; undefined where it is not there. */
export function findProgram(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const found = name === '' ? null : which.sync(name, { path, nothrow: true });
  return found === null ? undefined : resolve(found);
}

/** Whether a path leads to a program. */
export function isExecutable(path: string): boolean {
  return findProgram(resolve(path)) !== undefined;
}
