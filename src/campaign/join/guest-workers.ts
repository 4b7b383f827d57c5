/** The workers that came with a guest. */
export interface GuestWorkers {
  readonly workers: readonly number[];
  /** Resolves when they have ended: at once, or when they are done with what they have in hand. May be called again. */
  leave(now: boolean): Promise<void>;
}
