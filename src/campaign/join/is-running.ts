import { existsSync } from 'node:fs';
import { Workdir } from '../../store/workdir.js';
import { activityOf, isStopped } from '../../util/process-state.js';
import { SocketFolder } from './socket-folder.js';

/** The process of a campaign that somebody has stopped (SIGSTOP, Ctrl-Z, a debugger); undefined where it is not. */
export function stoppedProcess(folder: string): number | undefined {
  const pid = new Workdir(folder).holder;
  return pid !== undefined && isStopped(activityOf(pid).state) ? pid : undefined;
}

/** Whether a campaign runs in a folder: whether somebody listens there for other terminals. */
export async function isRunning(folder: string): Promise<boolean> {
  const workdir = new Workdir(folder);
  if (!existsSync(workdir.folder)) return false;
  const there = new SocketFolder(workdir);
  try {
    const socket = await there.connect();
    socket?.destroy();
    return socket !== undefined;
  } finally {
    there.close();
  }
}
