/** What a user's code writes to standard output is no part of what a campaign prints: it goes to standard error. */

/** Sends all that this process writes to standard output from here on to standard error, for a process of workers. */
export function keepOffData(): void {
  const { stdout, stderr } = process;
  stdout.write = stderr.write.bind(stderr);
}

/** The same while an action runs. */
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
  const { stdout } = process;
  const before = Object.getOwnPropertyDescriptor(stdout, 'write');
  keepOffData();
  return () => {
    if (before === undefined) Reflect.deleteProperty(stdout, 'write');
    else Object.defineProperty(stdout, 'write', before);
  };
}
