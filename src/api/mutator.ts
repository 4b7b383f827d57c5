import type { Declaration } from '../ir/declaration.js';
import type { InputLevel } from './execution.js';

/** A declaration of a source-level candidate. */
export interface SourceUnit {
  /** `theorem`, `inductive`, `instance`, ...; the first unit is mostly `options`. */
  readonly kind: string;
  readonly text: string;
  /** Names that it declares. */
  readonly declares: readonly string[];
  /** Names of other units that it mentions, or may mention. */
  readonly uses: readonly string[];
}

/** A declaration of a kernel-level candidate. */
export interface KernelUnit extends Omit<SourceUnit, 'text'> {
  readonly declaration: Declaration;
}

/** A mutator's view of a candidate or corpus entry: texts at source level, typed trees at kernel level. */
export type MutatorCandidate =
  | { readonly level: 'source'; readonly units: readonly SourceUnit[] }
  | { readonly level: 'kernel'; readonly units: readonly KernelUnit[] };

/**
 * A unit that a mutator gives: one that it got, Lean text (source level), a tree, or a declaration in its flat form
 * (kernel level). Axioms, units of the other level, and words that the decoder of `src/ir` rejects are refused.
 */
export type NewUnit = SourceUnit | KernelUnit | string | Declaration | Uint32Array;

/** Units in order, or undefined for nothing. */
export type NewUnits = readonly NewUnit[] | undefined;

/** A corpus entry as a mutator sees it. */
export interface QueueEntry {
  /** Names the content. */
  readonly id: string;
  readonly candidate: MutatorCandidate;
  /** How many of its features nobody had seen before. */
  readonly newFeatures: number;
  /** `accepted`, `rejected` or the kind of a failure. */
  readonly outcome: string;
  /** Entries that it was made from. */
  readonly parents: readonly string[];
}

/** Random choices that come from the campaign's seed; others make a campaign that can't be repeated. */
export interface MutatorRandom {
  /** A uniform 32-bit unsigned integer. */
  uint32(): number;
  /** A uniform integer in [0, bound). */
  below(bound: number): number;
  /** A uniform integer in [low, high]. */
  between(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A uniform element of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** The index of a weight, drawn in proportion. */
  weighted(weights: readonly number[]): number;
}

/** Services for a hook besides the candidate. */
export interface MutatorContext {
  readonly random: MutatorRandom;
  /** A name with this prefix that nothing in the campaign has yet. */
  name(prefix: string): string;
}

/**
 * Hooks of a custom mutator; all are optional, at least one is there. They run in a thread of the worker, one call
 * after the other, each with a time limit, and may return promises. See docs/custom-mutators.md.
 */
export interface CustomMutator {
  /** Its name in lineages and reports: lower-case letters, digits and `-`. */
  readonly name: string;
  /** Levels that it wants to see. Default: both. */
  readonly levels?: readonly InputLevel[];
  /** How often `mutate` and `crossover` are taken beside the built-in mutators. Default 5, above 0. */
  readonly weight?: number;
  /** Called first, with the campaign's seed; again when its thread had to be replaced. */
  init?(seed: number): void | Promise<void>;
  /** New units out of a corpus entry's; undefined where it has nothing to offer for this one. */
  mutate?(candidate: MutatorCandidate, context: MutatorContext): NewUnits | Promise<NewUnits>;
  /** New units out of two entries' of the same level. */
  crossover?(
    candidate: MutatorCandidate,
    other: MutatorCandidate,
    context: MutatorContext,
  ): NewUnits | Promise<NewUnits>;
  /** One small change on top of what another mutator or a generator made. */
  havoc?(candidate: MutatorCandidate, context: MutatorContext): NewUnits | Promise<NewUnits>;
  /** How probable `havoc` is for a candidate, 0 to 1. Default 0.06. */
  readonly havocProbability?: number;
  /** The last hand on every candidate before it runs; undefined is a veto, and another candidate is made. */
  postProcess?(candidate: MutatorCandidate): NewUnits | Promise<NewUnits>;
  /**
   * A smaller version of a new corpus entry, which is kept where it still shows what was new. Called with the smallest
   * version so far until it returns undefined; the step is the number of versions so far that were not kept.
   */
  trim?(candidate: MutatorCandidate, step: number): NewUnits | Promise<NewUnits>;
  /** False for a corpus entry that is not worth work now. */
  queueFilter?(entry: QueueEntry): boolean | Promise<boolean>;
  /** Hears of each new corpus entry that this worker found. */
  newEntry?(entry: QueueEntry): void | Promise<void>;
  /** Describes the last change by `mutate`, `crossover` or `havoc`, in a few words for the lineage. */
  describe?(): string | Promise<string>;
  /** Called at the end of a campaign. */
  deinit?(): void | Promise<void>;
}

/** A mutator with its types checked: `export default defineMutator({ name: ..., ... })` in a file for `--mutator`. */
export function defineMutator(mutator: CustomMutator): CustomMutator {
  return mutator;
}
