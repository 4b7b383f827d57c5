import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findProgram } from '../../src/util/find-program.js';
import { packageRoot } from '../../src/util/package.js';
import { temporaryFolder } from './temporary-folder.js';

/** Errors that a disk may answer with. */
export type DiskError = 'ENOSPC' | 'EROFS' | 'EIO';

/** Whether processes can be given a disk that fails; said where they can't. */
export function canFail(tests: string): boolean {
  const can = findProgram('cc') !== undefined;
  if (!can) console.warn(`LEFT OUT: ${tests}: no C compiler (cc)`);
  return can;
}

/** A place that can't be written from a moment on, for the processes that have its environment. */
export class FailingDisk {
  /** For the environment of the processes. */
  readonly environment: NodeJS.ProcessEnv;
  private readonly file: number;

  constructor(place: string) {
    const folder = temporaryFolder();
    const [library, told] = [join(folder, 'disk.so'), join(folder, 'told')];
    const source = join(packageRoot, 'test/support/failing-disk.c');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    this.file = openSync(told, 'w+');
    onTestFinished(() => closeSync(this.file));
    this.environment = { LD_PRELOAD: library, LEAN_FUZZ_TEST_DISK: told };
    const nothing = Buffer.alloc(16 + 1024);
    nothing.write(place, 16);
    writeSync(this.file, nothing, 0, nothing.length, 0);
  }

  /** From here on whatever writes there fails; with `reads`, whatever reads, too. */
  fail(error: DiskError, reads = false): void {
    this.tell(constants.errno[error], reads);
  }

  mend(): void {
    this.tell(0, false);
  }

  /** How many calls have failed. */
  get failures(): number {
    const bytes = Buffer.alloc(4);
    readSync(this.file, bytes, 0, 4, 8);
    return bytes.readInt32LE();
  }

  private tell(error: number, reads: boolean): void {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(error, 0);
    bytes.writeInt32LE(reads ? 1 : 0, 4);
    writeSync(this.file, bytes, 0, bytes.length, 0);
  }
}
