import type { NativeLean } from '../../api/lean.js';
import type { Job } from '../../api/execution.js';
import type { CodeMap } from '../../api/code-map.js';
import type { ImportedModule, KernelPatch } from '../native/lean-host.js';
import type { KernelMutant } from '../embedded/kernel-mutants.js';
import type { ExecutorOptions } from '../embedded/executor.js';

/** Options of the process that starts a zygote, for all of its executors. */
export interface ZygoteOptions extends ExecutorOptions {
  /** Bound of the module's memory in MiB, at most 2048. Default 1024. */
  memoryLimitMiB: number;
  /**
   * Jobs of kernel level that the embedded Lean runs before its first fork, so that forks need not compile what those
   * need; made while it boots. Default: none.
   */
  warmUp?: () => readonly Job[];
  /** A planted kernel bug, for tests and benchmarks. */
  mutant?: KernelMutant;
  /** The native Lean that runs; without one it is the embedded Lean. */
  native?: NativeLean;
  /** A native Lean's imports for source level; none for kernel level only. */
  imports?: ImportedModule;
  /** Whether a native Lean starts without the base environment, and untried: its trial needs that. */
  isBare?: boolean;
  /** A planted bug of a native kernel, for tests and benchmarks. */
  patch?: KernelPatch;
  /** The code of a native kernel, to watch which of it is reached: as many blocks as the region has room for. */
  codeMap?: CodeMap;
}

export const defaultZygoteOptions: ZygoteOptions = {
  memoryLimitMiB: 1024,
  maxHeartbeats: 4000,
  maxRecDepth: 512,
};

/** Descriptor under which a zygote finds the shared region. */
export const zygoteRegionFd = 3;
