/** Output of a user's code is no part of what a campaign prints: it goes to standard error, not to standard output. */

let descriptor = 2;

/** The descriptor on which this process shows what users' code prints. */
export function shownOn(): number {
  return descriptor;
}

/**
 * For a worker: all that it writes to either stream from here on goes to its standard output, which is the campaign's
 * standard error. On its own standard error the campaign reads what Node says of its end.
 */
export function showOnOutput(): void {
  descriptor = 1;
  const { stdout, stderr } = process;
  stderr.write = stdout.write.bind(stdout);
}

/** Sends what is written to standard output to standard error while an action runs. */
export async function aside<T>(action: () => Promise<T>): Promise<T> {
  const giveBack = take();
  try {
    return await action();
  } finally {
    giveBack();
  }
}

/** The same while an action runs that waits for nothing. */
export function asideNow<T>(action: () => T): T {
  const giveBack = take();
  try {
    return action();
  } finally {
    giveBack();
  }
}

function take(): () => void {
  const { stdout, stderr } = process;
  const before = Object.getOwnPropertyDescriptor(stdout, 'write');
  stdout.write = stderr.write.bind(stderr);
  return () => {
    if (before === undefined) Reflect.deleteProperty(stdout, 'write');
    else Object.defineProperty(stdout, 'write', before);
  };
}
