import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { leanPackage } from '../src/execute/embedded/package-files.js';
import { packageVersion } from '../src/util/package.js';

/** The machine and versions that numbers depend on, for the file that holds them. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** Mean number of runnable processes over the minute before: what else the machine was doing. */
  readonly load: number;
  readonly kernel: string;
  readonly node: string;
  readonly lean: string;
  readonly leanFuzz: string;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    load: loadavg()[0] ?? 0,
    kernel: release(),
    node: process.version,
    lean: leanPackage.leanVersion,
    leanFuzz: packageVersion,
  };
}
