/** Why a file has no answer yet, or none but no: thrown while it is read, and caught where the answer is given. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';

  constructor(
    /** `refuses`: no checker could take the file. `noAnswer`: it is more than this one takes. */
    readonly kind: 'refuses' | 'noAnswer',
    message: string,
  ) {
    super(message);
  }
}

export function malformed(why: string): FileProblem {
  return new FileProblem('refuses', why);
}

export function tooMuch(why: string): FileProblem {
  return new FileProblem('noAnswer', why);
}
