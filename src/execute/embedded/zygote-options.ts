import type { NativeLean } from '../../api/lean.js';
import type { KernelPatch } from '../native/lean-host.js';
import type { KernelMutant } from './kernel-mutants.js';
import type { ExecutorOptions } from './executor.js';

/** What the process that starts a zygote decides for all of its executors. */
export interface ZygoteOptions extends Omit<ExecutorOptions, 'kernelHeartbeats'> {
  /** Heartbeats of one kernel-level declaration; 0 is no limit. Default 5,000; on a native Lean 200,000. */
  kernelHeartbeats?: number;
  /** Bound of the module's memory in MiB, at most 2048. Default 1024. */
  memoryLimitMiB: number;
  /** A planted kernel bug, for tests and benchmarks. */
  mutant?: KernelMutant;
  /** The native Lean that runs; without one it is the embedded Lean. */
  native?: NativeLean;
  patch?: KernelPatch;
}

export const defaultZygoteOptions: ZygoteOptions = {
  memoryLimitMiB: 1024,
  maxHeartbeats: 4000,
  maxRecDepth: 512,
};

/** Descriptor under which a zygote finds the shared region. */
export const zygoteRegionFd = 3;
