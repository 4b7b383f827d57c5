import type { Type } from './types.js';

/** An inductive type, or several that mention each other, as data: mutators change it and it is said anew. */
export interface Block {
  readonly types: readonly InductiveType[];
  /** Names of the universe parameters. */
  readonly universes: readonly string[];
  /** Classes to derive. */
  readonly deriving: readonly string[];
}

export interface InductiveType {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many natural numbers the family is indexed by. */
  readonly indices: number;
  readonly sort: string;
  readonly constructors: readonly Constructor[];
}

export interface Parameter {
  readonly name: string;
  readonly sort: string;
}

export interface Constructor {
  readonly name: string;
  /** Natural numbers that it takes implicitly. */
  readonly naturals: readonly string[];
  readonly fields: readonly Type[];
  /** The indices of what it makes. */
  readonly indices: readonly Type[];
}
