import type { InputLevel } from './execution.js';

/** Where a candidate comes from; enough to make it again. */
export interface Lineage {
  /** The campaign's seed. */
  readonly seed: number;
  /** The candidate's number in the campaign; with the seed it gives the random choices. */
  readonly run: number;
  /** Corpus entries that it was made from; empty for a fresh one. */
  readonly parents: readonly string[];
  /** What was done to them, in order. */
  readonly mutators: readonly string[];
  /** The attack categories that its units belong to, see docs/generator.md; empty at kernel level. */
  readonly categories: readonly string[];
}

/** One input: a prefix of declarations that tries to poison the environment. */
export interface Candidate {
  readonly lineage: Lineage;
  readonly level: InputLevel;
  readonly units: readonly Unit[];
}

/** What Lean ought to say about a unit. */
export type Expected = 'any' | 'accept' | 'reject';

/** One declaration or mutual block of a candidate. */
export interface Unit {
  /** What kind of thing it is: `inductive`, `theorem`, `instance`, ... */
  readonly kind: string;
  /** As Lean text; empty for kernel-level units, which src/ir/print.ts can list. */
  readonly text: string;
  /** The flat form of a kernel-level declaration; null at source level. */
  readonly words: Uint32Array | null;
  /** Names that it declares. */
  readonly declares: readonly string[];
  /** Names of other units of the candidate that it mentions. */
  readonly uses: readonly string[];
  /**
   * What its maker knows of the right answer. `reject`: a premise was broken on purpose. `accept`: it says what an
   * accepted unit says, in another way. An answer that differs is a lead.
   */
  readonly expected: Expected;
  /** What its generator wants to know when it builds on it; opaque to everybody else. */
  readonly memo: string;
}
