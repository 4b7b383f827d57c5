import { constants } from 'node:os';
import type { Stop } from '../campaign/stop.js';
import { addon } from '../native/addon.js';
import { UserError } from '../util/errors.js';

/** The signals by which a user or a system ends a program. */
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Name = (typeof names)[number];

/** Milliseconds that the work may take to end when it has to end at once. */
const graceMillis = 1500;

/** The program was told by a signal to end, and there is no result. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(private readonly signal: Name) {
    super(`ended by ${signal}`);
  }

  /** As a shell shows a program that a signal has ended. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/**
 * Runs what a user may end: the first signal ends it in order, the second at once. Where it takes longer than a
 * moment after the second, or a third comes, the process ends as it is: all that it has started ends with it. Throws
 * Interrupted after the second; what the action makes of the first is its own.
 */
export async function interruptible<T>(action: (stop: Stop) => Promise<T>): Promise<T> {
  const [inOrder, now] = [new AbortController(), new AbortController()];
  const onSignal = (name: Name): void => {
    const reason = new Interrupted(name);
    if (!inOrder.signal.aborted) return inOrder.abort(reason);
    now.abort(reason);
  };
  // Loads the addon before anybody listens: signals between the two lines below were not counted.
  endAtSecondSignal(0);
  names.forEach((name) => process.on(name, onSignal));
  endAtSecondSignal(graceMillis);
  try {
    return await action({ signal: inOrder.signal, now: now.signal });
  } finally {
    // Once it was told to end, another signal must not cut off what it says on its way out.
    if (!inOrder.signal.aborted) {
      names.forEach((name) => process.off(name, onSignal));
      endAtSecondSignal(0);
    }
    // Whatever came of the work: it was told to end at once, and still is.
    now.signal.throwIfAborted();
  }
}

/** By the kernel's timer: the event loop may be what does not go on. */
function endAtSecondSignal(millis: number): void {
  try {
    addon().endAtSecondSignal(millis);
  } catch (error) {
    // Without the addon nothing runs that could hang.
    if (!(error instanceof UserError)) throw error;
  }
}
