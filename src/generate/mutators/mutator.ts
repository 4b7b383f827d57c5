import type { Unit } from '../../api/candidate.js';
import type { Random } from '../../util/random.js';

/** What a mutator works with. */
export interface MutationContext {
  readonly random: Random;
  /** A second corpus entry's units. */
  readonly other: readonly Unit[];
  /** More units behind these, made by the generator of the level. */
  readonly grow: (units: readonly Unit[], count: number) => Unit[];
  /** The most units that a candidate may have. */
  readonly maxUnits: number;
}

/** Makes new units out of a parent's; undefined where it has nothing to offer for this parent. */
export interface Mutator {
  readonly name: string;
  readonly weight: number;
  /** It takes from the second entry, which is a parent then. */
  readonly crosses?: true;
  mutate(parent: readonly Unit[], context: MutationContext): Unit[] | undefined;
}
