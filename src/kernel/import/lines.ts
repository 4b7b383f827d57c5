import { readSync } from 'node:fs';
import { malformed, tooMuch } from './problem.js';

const chunkBytes = 1 << 20;
/** Bytes of a line that are still read. */
const maxLineBytes = 16 << 20;
const newline = 10;

/** The lines of an open file as text, read piece by piece; the number of the line at hand is in `at`. */
export class Lines {
  at = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(private readonly descriptor: number) {}

  *[Symbol.iterator](): Generator<string> {
    let rest: Buffer[] = [];
    let restBytes = 0;
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const count = readSync(this.descriptor, chunk);
      if (count === 0) break;
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0 && end < count; end = chunk.indexOf(newline, from)) {
        const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
        rest = [];
        restBytes = 0;
        from = end + 1;
        this.at++;
        yield this.text(line);
      }
      rest.push(Buffer.from(chunk.subarray(from, count)));
      restBytes += count - from;
      if (restBytes > maxLineBytes) {
        this.at++;
        throw tooMuch(`a line of more than ${maxLineBytes >> 20} MiB`);
      }
    }
    if (restBytes === 0) return;
    this.at++;
    yield this.text(Buffer.concat(rest));
  }

  private text(bytes: Buffer): string {
    try {
      return this.decoder.decode(bytes);
    } catch {
      throw malformed('no UTF-8');
    }
  }
}
