/**
 * Hears of each step of making Lean ready, before it is taken: as long as there is another one, ZygoteProcess waits.
 */
export type OnStep = (step: string) => void;
