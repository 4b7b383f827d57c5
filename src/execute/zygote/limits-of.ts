import type { LeanIdentity, LeanLimits } from '../../api/lean.js';
import { assumedStackBytes } from '../embedded/c-stack.js';
import { defaultHeartbeats as embeddedHeartbeats } from '../embedded/executor.js';
import { defaultHeartbeats as nativeHeartbeats, natMaxBytes, stackBytes } from '../native/lean-host.js';
import type { ZygoteOptions } from './zygote-options.js';

/** Limits at one declaration of the executors of a zygote with these options; `kind` is that of its Lean. */
export function limitsOf(kind: LeanIdentity['kind'], options: ZygoteOptions): LeanLimits {
  const { kernelHeartbeats, maxHeartbeats, maxRecDepth, memoryLimitMiB } = options;
  const common = { maxHeartbeats, maxRecDepth, memoryMiB: memoryLimitMiB };
  return kind === 'embedded'
    ? {
        kernelHeartbeats: kernelHeartbeats ?? embeddedHeartbeats,
        ...common,
        stackBytes: assumedStackBytes,
      }
    : { kernelHeartbeats: kernelHeartbeats ?? nativeHeartbeats, ...common, stackBytes, natMaxBytes };
}
