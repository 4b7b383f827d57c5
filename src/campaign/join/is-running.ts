import { existsSync } from 'node:fs';
import { Workdir } from '../../store/workdir.js';
import { SocketFolder } from './socket-folder.js';

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
