import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../src/util/find-program.js';
import { packageRoot } from '../../src/util/package.js';

/** The clocks of a campaign's processes, which can be moved; the machine's stay as they are. */
export class Clock {
  private readonly file: number;
  private wall = 0n;
  private steady = 0n;

  private constructor(
    /** For the environment of the processes. */
    readonly environment: NodeJS.ProcessEnv,
    path: string,
  ) {
    this.file = openSync(path, 'w+');
    this.write();
  }

  /** Undefined, and said, where nothing can be compiled. */
  static make(folder: string): Clock | undefined {
    if (findProgram('cc') === undefined) {
      console.warn('LEFT OUT: jumps of the clock: no C compiler (cc)');
      return undefined;
    }
    const library = join(folder, 'clock.so');
    const source = join(packageRoot, 'test/faults/clock.c');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source]);
    const path = join(folder, 'clock');
    return new Clock({ LD_PRELOAD: library, LEAN_FUZZ_TEST_CLOCK: path }, path);
  }

  /** Moves the wall clock to anywhere, and the steady one ahead: that never goes back. */
  jump(wallSeconds: number, steadySeconds: number): void {
    this.wall = BigInt(wallSeconds);
    this.steady += BigInt(steadySeconds);
    this.write();
  }

  close(): void {
    closeSync(this.file);
  }

  private write(): void {
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64LE(this.wall, 0);
    bytes.writeBigInt64LE(this.steady, 8);
    writeSync(this.file, bytes, 0, bytes.length, 0);
  }
}
