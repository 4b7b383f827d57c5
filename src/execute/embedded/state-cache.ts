/**
 * States behind prefixes that were run, the least recently used ones forgotten first. Lean's states are
 * immutable values: a kept one is a snapshot for free, and a candidate that shares a prefix with an earlier one
 * pays for its own tail only.
 */
export class StateCache<State extends { release(): void }> {
  private readonly states = new Map<string, State>();

  constructor(private readonly capacity: number) {}

  get(key: string): State | undefined {
    const state = this.states.get(key);
    if (state !== undefined) {
      this.states.delete(key);
      this.states.set(key, state);
    }
    return state;
  }

  /** Keeps a state; the cache then owns it. */
  put(key: string, state: State): void {
    this.states.set(key, state);
    for (const [oldest, forgotten] of this.states) {
      if (this.states.size <= this.capacity) break;
      this.states.delete(oldest);
      forgotten.release();
    }
  }
}
