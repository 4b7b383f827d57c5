/** Work that takes an embedded Lean of its own, in a process of its own: it needs flags of V8 and a deep stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UserError } from '../../util/errors.js';
import { untilAborted } from '../../util/until-aborted.js';
import { embeddedProcess } from './launch.js';

/** Words of such a process. */
export type TaskMessage<T> =
  | { readonly type: 'step'; readonly text: string }
  | { readonly type: 'done'; readonly result: T }
  | { readonly type: 'failed'; readonly message: string };

/** Descriptor of the file that the work is about. */
export const taskFileFd = 3;

export interface TaskEvents {
  readonly signal: AbortSignal;
  /** Hears what is being done. */
  readonly onStep?: (text: string) => void;
}

/**
 * Runs an entry point, below src, on an open file. UserError (78) where it can't be started or ends without a result;
 * the signal's reason where that is aborted.
 */
export async function inOwnProcess<T>(
  main: string,
  file: number,
  { signal, onStep }: TaskEvents,
): Promise<T> {
  signal.throwIfAborted();
  const { what, command, exits } = embeddedProcess(main, String(process.pid));
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', file, 'ipc'] });
  let result: { readonly value: T } | undefined;
  let failure: string | undefined;
  child.on('message', (message: TaskMessage<T>) => {
    if (message.type === 'step') onStep?.(message.text);
    else if (message.type === 'done') result = { value: message.result };
    else failure = message.message;
  });
  // When all that it has said was heard.
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  try {
    const [status, killed] = await untilAborted(closed, signal);
    if (result !== undefined) return result.value;
    throw (
      exits.get(status ?? 0) ??
      new UserError(`${what}: ${failure ?? `its process ended (${killed ?? `status ${status}`})`}`)
    );
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
}
