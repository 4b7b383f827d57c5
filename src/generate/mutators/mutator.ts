import type { Unit } from '../../api/candidate.js';
import type { Random } from '../../util/random.js';
import type { Change } from '../custom/lineage-name.js';
import type { SourceTermGenerator } from '../source/terms.js';
import type { ChunkStore } from './source/chunk-store.js';

/** Input of a mutator, besides the parent. */
export interface MutationContext {
  readonly random: Random;
  /** Part of the new candidate's names that makes them unique in the campaign. */
  readonly tag: string;
  /** A second corpus entry's units. */
  readonly other: readonly Unit[];
  /** More units behind these, made by the generator of the level. */
  readonly grow: (units: readonly Unit[], count: number) => Unit[];
  /** The most units that a candidate may have. */
  readonly maxUnits: number;
}

/** Additional input of mutators of the source level. */
export interface SourceContext extends MutationContext {
  /** Makes terms from what these units declare. */
  readonly termsBehind: (units: readonly Unit[]) => SourceTermGenerator;
  /** Terms of the corpus, which all workers share. */
  readonly chunks: ChunkStore;
}

/** Makes new units out of a parent's; undefined where it has nothing to offer for this parent. */
export interface Mutator<Context extends MutationContext = MutationContext> {
  readonly name: string;
  /** How often it is tried before anything is known of its yield. */
  readonly weight: number;
  /** The change that the last call has made, where there is more to say of it than `name`. */
  readonly lastChange?: () => Change;
  /** It takes from the second entry, which is a parent then. */
  readonly crosses?: true;
  mutate(parent: readonly Unit[], context: Context): Unit[] | undefined;
}

/** A mutator that only the source level has. */
export type SourceMutator = Mutator<SourceContext>;
