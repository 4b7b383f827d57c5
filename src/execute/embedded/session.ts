import type { Refusal, Step } from '../../api/execution.js';

/** A value of Lean's state after some steps. Whoever holds it releases it once. */
export interface State {
  /** The kernel environment in it, borrowed. */
  readonly kernelEnvironment: number;
  release(): void;
}

export type Applied<S extends State> = { readonly kind: 'accepted'; readonly next: S } | Refusal;

/** A way to run steps: through the elaborator, or straight into the kernel. */
export interface Session<S extends State> {
  readonly root: S;
  /**
   * Runs a step from a state, which stays usable; `unlimited` lifts the limit of the kernel's work, where there is
   * one. May throw what module.ts throws when the instance is lost.
   */
  apply(state: S, step: Step, unlimited: boolean): Applied<S>;
}
