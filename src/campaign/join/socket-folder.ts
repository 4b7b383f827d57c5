import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Workdir } from '../../store/workdir.js';

/**
 * The folder of a campaign, held open to reach the socket in it. The address of a unix socket has room for 107 bytes,
 * which a folder's path may not fit; a path through the descriptor does.
 */
export class SocketFolder {
  private readonly descriptor: number;

  /** Throws where the folder can't be opened. */
  constructor(private readonly workdir: Workdir) {
    this.descriptor = openSync(workdir.folder, constants.O_RDONLY | constants.O_DIRECTORY);
  }

  /** Binds the socket, in the place of one that a killed process left; call it under the folder's lock. */
  async listen(server: Server): Promise<void> {
    this.unlink();
    // The socket gets its mode when it is made; a chmod afterwards would leave it open to others for a moment.
    const umask = process.umask(0o177);
    try {
      server.listen(this.path);
    } finally {
      process.umask(umask);
    }
    await once(server, 'listening');
  }

  /** A connection; undefined where nobody listens. */
  async connect(): Promise<Socket | undefined> {
    const socket = connect(this.path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      return undefined;
    }
  }

  /** Where the folder can't be written any more, the socket stays: nobody answers there, and the next one replaces it. */
  removeSocket(): void {
    try {
      this.unlink();
    } catch {
      // Not told here: all else that the campaign can't write in its folder says so.
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private unlink(): void {
    try {
      unlinkSync(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  private get path(): string {
    return `/proc/self/fd/${this.descriptor}/${this.workdir.joinSocketName}`;
  }
}
