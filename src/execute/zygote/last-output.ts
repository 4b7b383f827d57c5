import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Characters that are kept: the last ones. */
const maxKept = 4096;
/** Characters of a line in a message. */
const maxLine = 300;
/** Milliseconds for which the end of the output is waited for: a child of the process may hold on to it. */
const endMillis = 500;

/** The end of what a process writes to a stream that is read for as long as it writes. */
export class LastOutput {
  private kept = '';
  private readonly closed: Promise<unknown>;

  /** Null for a stream that is not read. */
  constructor(private readonly stream: Readable | null) {
    this.closed = stream === null ? Promise.resolve() : once(stream, 'close');
    stream?.on('data', (data: Buffer) => (this.kept = (this.kept + data.toString()).slice(-maxKept)));
  }

  /** The last line of a process that has ended, which says why; empty where there is none. */
  async line(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, endMillis)));
    await Promise.race([this.closed, late]);
    clearTimeout(timer);
    return (this.kept.trimEnd().split('\n').at(-1) ?? '').slice(0, maxLine);
  }

  /** Reads no more: where a child of the process holds on to the stream, nobody waits for that one. */
  close(): void {
    this.stream?.destroy();
  }
}
