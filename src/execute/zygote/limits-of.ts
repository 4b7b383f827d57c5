import type { LeanLimits } from '../../api/lean.js';
import { assumedStackBytes } from '../embedded/c-stack.js';
import { defaultHeartbeats as embeddedHeartbeats } from '../embedded/executor.js';
import { defaultHeartbeats as nativeHeartbeats, natMaxBytes, stackBytes } from '../native/lean-host.js';
import type { ZygoteOptions } from './zygote-options.js';

/** What bounds the executors of a zygote with these options at one declaration. */
export function limitsOf(options: ZygoteOptions): LeanLimits {
  const { native, kernelHeartbeats, maxHeartbeats, maxRecDepth, memoryLimitMiB } = options;
  const common = { maxHeartbeats, maxRecDepth, memoryMiB: memoryLimitMiB };
  return native === undefined
    ? {
        kernelHeartbeats: kernelHeartbeats ?? embeddedHeartbeats,
        ...common,
        stackBytes: assumedStackBytes,
      }
    : { kernelHeartbeats: kernelHeartbeats ?? nativeHeartbeats, ...common, stackBytes, natMaxBytes };
}
