import { setTimeout as wait } from 'node:timers/promises';

/** Resolves as the promise does, and rejects with the signal's reason when that is aborted first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  // Nobody may be left to hear how it ended.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    over.abort();
  }
}

/** Waits, at most until the signal is aborted. */
export async function pause(millis: number, signal?: AbortSignal): Promise<void> {
  await wait(millis, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}

/** Whether a promise settles within a time, and before the signal is aborted; nothing waits on after that. */
export async function endsWithin(
  promise: Promise<unknown>,
  millis: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  let isOver = false;
  const end = (): void => {
    isOver = true;
    // A timer that goes on would keep this process alive.
    over.abort();
  };
  promise.then(end, end);
  await pause(millis, signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]));
  return isOver;
}
