import type { Unit } from '../ir/unit/unit.js';
import type { InputLevel } from './execution.js';

export type { Expected, UnitFacts } from '../ir/unit/facts.js';
export type { KernelUnit } from '../ir/unit/kernel-unit.js';
export type { SourceUnit } from '../ir/unit/source-unit.js';
export type { Derivation, TextUnit } from '../ir/unit/text-unit.js';
export type { LeanUnit, Unit } from '../ir/unit/unit.js';

/** Where a candidate comes from; enough to make it again. */
export interface Lineage {
  /** The campaign's seed. */
  readonly seed: number;
  /** The candidate's number in the campaign; with the seed it gives the random choices. */
  readonly run: number;
  /** Corpus entries that it was made from; empty for a fresh one. */
  readonly parents: readonly string[];
  /** Changes made to the parents, by name, in order. */
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
