import type { Socket } from 'node:net';
import split from 'split2';

/** A message that would be longer ends the connection; a finding with its entry is far below. */
const maxLineChars = 16 << 20;
/** Bytes that wait for a reader who does not read; more end the connection. */
const maxWaitingBytes = 32 << 20;
/** How long the last message may take to be read. */
const lastWordMillis = 1000;

/** Messages as JSON, one a line, over a socket. */
export class LineChannel<Sent extends { type: string }, Received extends { type: string }> {
  private isRefused = false;

  /** `onMessage` gets what is an object with a type; anything else ends the connection. `onClose` is called once. */
  constructor(
    private readonly socket: Socket,
    private readonly onMessage: (message: Received) => void,
    onClose: () => void,
  ) {
    const lines = split({ maxLength: maxLineChars });
    lines.on('data', (line: string) => this.onLine(line));
    lines.on('error', () => this.destroy()); // a line that is too long
    socket.pipe(lines);
    socket.on('error', () => undefined); // 'close' follows
    // The last word is heard first.
    socket.on('close', () => {
      if (lines.destroyed) onClose();
      else lines.once('close', onClose).end();
    });
  }

  /** Whether what was sent before is still unread. */
  get isBehind(): boolean {
    return this.socket.writableLength > 0;
  }

  send(message: Sent): void {
    if (!this.socket.writable) return;
    this.socket.write(`${JSON.stringify(message)}\n`);
    if (this.socket.writableLength > maxWaitingBytes) this.socket.destroy();
  }

  /** Sends a last message where there is one, and resolves when it was read or its reader had time enough to. */
  async end(message?: Sent): Promise<void> {
    if (this.isRefused) return;
    if (message !== undefined) this.send(message);
    const closed = new Promise((resolve) => this.socket.once('close', resolve));
    const limit = setTimeout(() => this.socket.destroy(), lastWordMillis);
    this.socket.end();
    await closed;
    clearTimeout(limit);
  }

  destroy(): void {
    this.socket.destroy();
  }

  private onLine(line: string): void {
    if (this.isRefused) return;
    const message = this.parse(line);
    this.isRefused = message === undefined;
    if (message === undefined) return this.destroy();
    this.onMessage(message);
  }

  private parse(line: string): Received | undefined {
    try {
      const value = JSON.parse(line) as Received | null;
      return typeof value?.type === 'string' ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
