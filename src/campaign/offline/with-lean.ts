import {
  defaultLimits,
  ExecutorClient,
  type ExecutorLimits,
} from '../../execute/embedded/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../execute/embedded/zygote-options.js';
import { startZygote } from '../../execute/start-zygote.js';
import { environmentOn } from '../../kernel/base-environment.js';
import { SharedRegion } from '../../share/region.js';

/** Lean's own limits, for texts that were not made by us. */
const patientOptions: ZygoteOptions = {
  ...defaultZygoteOptions,
  memoryLimitMiB: 2048,
  maxHeartbeats: 200_000,
  // The wall clock ends what takes too long; a replay that stops short of an answer would lose a proof.
  kernelHeartbeats: 0,
};

/** Bytes of a text that a command takes; what a request can carry, with room for what goes with it. */
export const maxTextBytes = 12 << 20;

/** Executors that fit into the memory which they share with a command, each with room for such a text. */
export const maxExecutors = 48;

/** Boots a Lean of its own for a command, hands its executor to `action`, and ends all of it. */
export function withLean<T>(
  overrides: Partial<ZygoteOptions>,
  limits: Partial<ExecutorLimits>,
  action: (executor: ExecutorClient) => Promise<T>,
): Promise<T> {
  return withExecutors(1, overrides, limits, ([executor]) => action(executor));
}

/** The same with several executors, which may run at the same time. */
export async function withExecutors<T>(
  count: number,
  overrides: Partial<ZygoteOptions>,
  limits: Partial<ExecutorLimits>,
  action: (executors: readonly [ExecutorClient, ...ExecutorClient[]]) => Promise<T>,
): Promise<T> {
  const region = SharedRegion.create({
    workers: count,
    requestBytes: 16 << 20,
    responseBytes: 16 << 20,
    workCapacity: 1,
  });
  const base = environmentOn(overrides.native?.kind ?? 'embedded');
  const client = (worker: number): ExecutorClient =>
    new ExecutorClient(region, worker, { ...defaultLimits, ...limits }, undefined, base);
  const zygote = await startZygote(region, { ...patientOptions, ...overrides });
  try {
    const others = Array.from({ length: count - 1 }, (_, index) => client(index + 1));
    return await action([client(0), ...others]);
  } finally {
    await zygote.kill();
  }
}
