import type { Readable } from 'node:stream';

/** Characters that are kept: an error says what it is in its first lines, but warnings may stand before it. */
const maxKept = 16_384;
const maxWords = 300;

/**
 * The standard error of a process of ours, which is for us and not for the user: an error of Node or V8 comes with a
 * stack trace. The line that says which error it is can be asked for.
 */
export class LastWords {
  private kept = '';

  constructor(stream: Readable | null | undefined) {
    stream?.on('data', (data: Buffer) => (this.kept = (this.kept + data.toString()).slice(-maxKept)));
  }

  /** The last error in it; empty where there is none. */
  get error(): string {
    const errors = this.kept.match(/^(?:FATAL ERROR|\w*Error)\b.*$/gm) ?? [];
    return (errors.at(-1) ?? '').slice(0, maxWords);
  }
}
