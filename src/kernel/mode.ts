/**
 * How our kernel judges. `faithful` gives the verdicts of one release of Lean, also where that release is incomplete or
 * sloppy, but never those that were soundness bugs: there the rule that mended them holds for all releases. `strict` is
 * the theory: complete on universe levels, and sloppy nowhere.
 */
export type Mode =
  | { readonly mode: 'strict' }
  | { readonly mode: 'faithful'; /** Such as `4.35.0`. */ readonly release: string };

export const strict: Mode = { mode: 'strict' };

export function faithful(release: string): Mode {
  return { mode: 'faithful', release };
}

/** A release that has every change that is known. */
export const newestRelease = '4.36.0';
