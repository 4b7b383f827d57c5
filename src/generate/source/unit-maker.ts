import type { Random } from '../../util/random.js';
import type { Entry, Scope } from './scope.js';
import type { TermGenerator } from './terms.js';

/** What a maker of units works with. */
export interface Context {
  readonly random: Random;
  readonly scope: Scope;
  readonly terms: TermGenerator;
  /** Bound for the terms and types of this unit. */
  readonly size: number;
  /** A name that nothing in the campaign has yet. */
  name(prefix: string): string;
}

/** A unit before it is numbered and kept. */
export interface Draft {
  readonly text: string;
  readonly declares: readonly Entry[];
}

/** Makes one unit of a category; undefined where the scope has nothing to make it from. */
export type UnitMaker = (context: Context) => Draft | undefined;
