/**
 * Values that words of the shared region take, as native/layout.h has them; test/integration/layout.test.ts compares.
 */

/** Values of header.stop. */
export const StopRequest = { run: 0, finish: 1, now: 2 } as const;
export type StopRequest = (typeof StopRequest)[keyof typeof StopRequest];

/** Values of header.zygote_state. */
export const ZygoteState = { booting: 0, ready: 1, failed: 2 } as const;

/** Values of a slot's executor_state. */
export const ExecutorState = { none: 0, running: 1, dead: 2, refused: 3 } as const;
