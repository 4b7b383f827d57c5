/** Events of custom mutators. */
export interface CustomMutatorEvents {
  /** A mutator failed in a new way, or was switched off. */
  notice(text: string): void;
  /** A result was refused and does not run. */
  refused(): void;
}
