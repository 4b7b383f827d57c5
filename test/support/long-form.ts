/** Whether tests run in their whole length, which takes minutes: LEAN_FUZZ_LONG=1. Otherwise they take a sample. */
export const isLongForm = process.env['LEAN_FUZZ_LONG'] === '1';

/** How many to try: a sample, or all in the long form. */
export function tries(sample: number, whole: number): number {
  return isLongForm ? whole : sample;
}
