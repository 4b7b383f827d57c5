import type { Name } from './name.js';

/**
 * Universe levels, as the kernel has them. Build them with the functions of level.ts, which note what is asked again and again:
 * levels may share so much that a walk never ends. One that was written as an object is as good, but slower.
 */
export type Level = LeafLevel | SuccLevel | BranchLevel;
export type LeafLevel =
  | { readonly kind: 'zero' }
  | { readonly kind: 'param' | 'mvar'; readonly name: Name; readonly hash?: number };
export interface SuccLevel extends Partial<LevelFacts> {
  readonly kind: 'succ';
  readonly of: Level;
  /** How many successors stand in a row, and on what. */
  readonly offset?: number;
  readonly base?: Level;
}
export interface BranchLevel extends Partial<LevelFacts> {
  readonly kind: 'max' | 'imax';
  readonly left: Level;
  readonly right: Level;
}

interface LevelFacts {
  /** Equal for equal levels. */
  readonly hash: number;
  /** Bits of what occurs in it. */
  readonly has: number;
  /** Nodes, shared ones counted at each use; successors in a row are one, for they are compared as a number. */
  readonly size: number;
  /** Whether the shape alone says that it is never 0. */
  readonly positive: boolean;
}

export function isBranch(level: Level): level is BranchLevel {
  return level.kind === 'max' || level.kind === 'imax';
}
