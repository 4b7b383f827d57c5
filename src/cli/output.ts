import { asJson, asLine, asLines } from '../util/printable.js';
import { messageOf, unusable } from '../util/errors.js';

/**
 * Standard output, which may end before we do: `lean-fuzz ... | head -1` closes the pipe. Later output is
 * dropped, and a command still does its work and ends with its own exit code. A campaign, which might have no end, is
 * told and stops as at Ctrl-C.
 */
class Output {
  private failure: Error | undefined;
  private readonly listeners = new Set<() => void>();
  private isGuarded = false;

  /** Has to be called before the first word is written, or a closed pipe is an exception that nobody catches. */
  guard(): void {
    if (this.isGuarded) return;
    this.isGuarded = true;
    process.stdout.on('error', (error: Error) => {
      if (this.failure !== undefined) return;
      this.failure = error;
      this.listeners.forEach((listener) => listener());
    });
    // Nobody is left who could be told.
    process.stderr.on('error', () => undefined);
  }

  /** Whether what is written still goes somewhere. */
  get isOpen(): boolean {
    return this.failure === undefined;
  }

  write(text: string): void {
    if (this.failure === undefined) process.stdout.write(text);
  }

  /** Calls `listener` when nobody reads any more; the returned function takes it back. */
  onClosed(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Throws UserError (78) where the output was lost for another reason than a reader that has gone. */
  check(): void {
    const { code } = (this.failure ?? {}) as NodeJS.ErrnoException;
    if (this.failure === undefined || code === 'EPIPE' || code === 'EIO' || code === 'ERR_STREAM_DESTROYED')
      return;
    throw unusable('standard output', messageOf(this.failure), 'a place that can be written');
  }
}

/** The one standard output of this process. */
export const output = new Output();

/** Prints one line, whatever is in the text. */
export function printLine(text: string): void {
  output.write(`${asLine(text)}\n`);
}

/** Prints text of several lines. */
export function printText(text: string): void {
  output.write(asLines(text));
}

/** Prints a value as one line of JSON. */
export function printJson(value: object): void {
  output.write(`${asJson(value)}\n`);
}

/** Prints one line to standard error. */
export function printError(text: string): void {
  process.stderr.write(`lean-fuzz: ${asLines(text)}\n`);
}
