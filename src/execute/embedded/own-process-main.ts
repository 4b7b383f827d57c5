/** Code that all entry points of processes with an embedded Lean of their own have in common. */
import { addon } from '../../native/addon.js';
import { messageOf } from '../../util/errors.js';
import { bootLean, type BootedLean } from './boot.js';
import type { TaskMessage } from './own-process.js';
import { prepareLean } from './prepare.js';

/** Memory of the module, the most that it can have. */
const memoryMiB = 2048;

/** Boots, works, says what came of it, and ends the process. argv[2] is the parent, with which it dies. */
export async function serveTask(
  work: (lean: BootedLean, onStep: (text: string) => void) => object,
): Promise<void> {
  const tell = (message: TaskMessage<object>): Promise<void> =>
    new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()));
  if (!addon().dieWithParent(Number(process.argv[2]))) process.exit(1);
  const onStep = (text: string): void => void tell({ type: 'step', text });
  try {
    const lean = await bootLean(await prepareLean(undefined, onStep), memoryMiB, onStep);
    await tell({ type: 'done', result: work(lean, onStep) });
    process.exit(0);
  } catch (error) {
    await tell({ type: 'failed', message: messageOf(error) });
    process.exit(1);
  }
}
