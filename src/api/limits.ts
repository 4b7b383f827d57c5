/** Limits as Lean words them, whatever it was doing when it met them. */
const limits =
  /\(kernel\) (deterministic timeout|excessive memory|deep recursion|interrupted)|\(deterministic\) timeout|maximum (recursion depth|number of heartbeats|class-instance)/;

/** Whether a message of Lean's says that a limit was met before there was an answer. */
export function saysLimit(message: string): boolean {
  return limits.test(message);
}

/** The ends of programs that others started for us: a signal (128 and more), or that they could not be started. */
const ends =
  /Lean exited with code (12[6-9]|1[3-9]\d|2\d\d)\b|Stack overflow detected|out of memory|memory allocation of \d+/i;

/** Whether a program's output says that it, or what it ran, came to its end before there was an answer. */
export function saysCutShort(output: string): boolean {
  return ends.test(output);
}
