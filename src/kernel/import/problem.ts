import { asLine } from '../../util/printable.js';

/** Why a file has no answer yet, or none but no: thrown while it is read, and caught where the answer is given. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';

  constructor(
    /** `refuses`: no checker could take the file. `noAnswer`: it is more than this one takes. */
    readonly kind: 'refuses' | 'noAnswer',
    message: string,
  ) {
    super(brief(message));
  }
}

export function malformed(why: string): FileProblem {
  return new FileProblem('refuses', why);
}

export function tooMuch(why: string): FileProblem {
  return new FileProblem('noAnswer', why);
}

/**
 * A message about a file on one line in which nothing that the file has written is endless: words of 100 characters or
 * more, such as names, are cut to 60, and the line to 500.
 */
export function brief(message: string): string {
  const words = message.replace(/\S{100,}/g, (word) => `${word.slice(0, 60)}...`);
  return asLine(words.length > 500 ? `${words.slice(0, 500)}...` : words);
}
