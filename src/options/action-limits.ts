/** Milliseconds that commands and functions about a few declarations take when nothing else is asked for. */
export const actionLimits = {
  /** One candidate or one declaration in one Lean. */
  jobMillis: 60_000,
  /** Making one finding smaller. */
  minimizeMillis: 60_000,
  /** One try of making it smaller: there are many. */
  tryMillis: 10_000,
} as const;

/** A limit as a flag takes it: `60s`. */
export function asFlag(millis: number): string {
  return `${millis / 1000}s`;
}
