import type { ToPrimary } from './message-protocol.js';

/**
 * A worker's messages to the primary. They go out in order, but not at once: who leaves, or says in shared memory that
 * work is done, waits until they have.
 */
export class Outbox {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly channel: Pick<NodeJS.Process, 'send'> = process) {}

  send(message: ToPrimary): void {
    const sent = new Promise<void>((resolve) => {
      if (this.channel.send === undefined) resolve();
      // Where the primary is gone nothing can arrive, and this process ends with it.
      else this.channel.send(message, undefined, undefined, () => resolve());
    });
    this.last = this.last.then(() => sent);
  }

  /** Resolves when all that was sent so far has left this process. */
  flush(): Promise<void> {
    return this.last;
  }
}
