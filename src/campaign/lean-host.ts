import { defaultLimits, ExecutorClient, type ExecutorLimits } from '../execute/embedded/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../execute/embedded/zygote-options.js';
import { ZygoteProcess } from '../execute/embedded/zygote-process.js';
import { SharedRegion } from '../share/region.js';

/** Lean's own limits, for texts that were not made by us. */
const patientOptions: ZygoteOptions = {
  ...defaultZygoteOptions,
  memoryLimitMiB: 2048,
  maxHeartbeats: 200_000,
};

/** Bytes of a text that a command takes; what a request can carry, with room for what goes with it. */
export const maxTextBytes = 12 << 20;

/** Boots a Lean of its own for a command, hands its executor to `action`, and ends all of it. */
export async function withLean<T>(
  overrides: Partial<ZygoteOptions>,
  limits: Partial<ExecutorLimits>,
  action: (executor: ExecutorClient) => Promise<T>,
): Promise<T> {
  const region = SharedRegion.create({
    workers: 1,
    requestBytes: 16 << 20,
    responseBytes: 16 << 20,
    workCapacity: 1,
  });
  const zygote = await ZygoteProcess.start(region, { ...patientOptions, ...overrides });
  try {
    return await action(new ExecutorClient(region, 0, { ...defaultLimits, ...limits }));
  } finally {
    await zygote.kill();
  }
}
