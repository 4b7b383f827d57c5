import { defaultLimits, ExecutorClient, type ExecutorLimits } from '../../execute/client/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import { startZygote } from '../../execute/zygote/start-zygote.js';
import { environmentOn } from '../../kernel/base-environment.js';
import { header } from '../../share/layout.js';
import { StopRequest } from '../../share/states.js';
import { SharedRegion } from '../../share/region.js';
import { untilAborted } from '../../util/until-aborted.js';

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

/** Limits of a command's executors, and the signal that ends them early. */
export interface LeanLimits extends Partial<ExecutorLimits> {
  /** Ends the boot, and what is done with Lean, when it is aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** The same for what is done with Lean, where that hears of `signal` itself. */
  readonly now?: AbortSignal;
  /** Bytes of the largest request. Default 16 MiB. */
  readonly requestBytes?: number;
}

/** Boots a Lean of its own for a command, hands its executor to `action`, and ends all of it. */
export function withLean<T>(
  overrides: Partial<ZygoteOptions>,
  limits: LeanLimits,
  action: (executor: ExecutorClient) => Promise<T>,
): Promise<T> {
  return withExecutors(1, overrides, limits, ([executor]) => action(executor));
}

/** The same with several executors, which may run at the same time. */
export async function withExecutors<T>(
  count: number,
  overrides: Partial<ZygoteOptions>,
  { signal, now = signal, requestBytes = 16 << 20, ...limits }: LeanLimits,
  action: (executors: readonly [ExecutorClient, ...ExecutorClient[]]) => Promise<T>,
): Promise<T> {
  const region = SharedRegion.create({
    workers: count,
    requestBytes,
    responseBytes: 16 << 20,
    workCapacity: 1,
  });
  const base = environmentOn(overrides.native?.kind ?? 'embedded');
  const client = (worker: number): ExecutorClient =>
    new ExecutorClient(region, worker, { ...defaultLimits, ...limits }, undefined, base);
  const zygote = await startZygote(region, { ...patientOptions, ...overrides }, {}, signal);
  try {
    const others = Array.from({ length: count - 1 }, (_, index) => client(index + 1));
    return await untilAborted(action([client(0), ...others]), now);
  } finally {
    // Who still waits for an answer is told that none comes.
    region.store(header.stop, StopRequest.now);
    for (let worker = 0; worker < count; worker++) region.native.ring(region.mailboxBell(worker));
    await zygote.kill();
  }
}
