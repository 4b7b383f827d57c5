import type { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Random } from '../../util/random.js';
import type { Block } from '../../ir/source/block.js';
import type { Scope } from './scope.js';
import type { Entry } from '../../ir/source/entry.js';
import type { SourceTermGenerator } from './terms.js';
import type { Tree } from '../../ir/source/tree.js';

/** Input of a maker of units. */
export interface Context {
  readonly random: Random;
  readonly scope: Scope;
  readonly terms: SourceTermGenerator;
  /** Bound for the terms and types of this unit. */
  readonly size: number;
  /** A name that nothing in the campaign has yet. */
  name(prefix: string): string;
  /** A declaration of the kernel level in the context of those before it, where Lean text can say it. */
  kernelDeclaration(): KernelDraft | undefined;
}

/** A declaration of the kernel level as Lean text. */
export interface KernelDraft {
  readonly text: string;
  readonly unit: KernelUnit;
}

/** A unit before it is numbered and kept. */
export interface Draft {
  readonly tree: Tree;
  readonly declares: readonly Entry[];
  /** The inductive types that the tree says, where it says nothing else. */
  readonly block?: Block;
  /** The kernel-level declaration that the tree says. */
  readonly kernel?: KernelUnit;
}

/** Makes one unit; undefined where the scope has nothing to make it from. */
export type UnitMaker = (context: Context) => Draft | undefined;

/** One kind of unit, and how often it is tried. */
export interface Kind {
  readonly kind: string;
  readonly weight: number;
  readonly make: UnitMaker;
}

/** Entries that introduce a name which nothing is built on. */
export function nothingToUse(...names: readonly string[]): Entry[] {
  return names.map((name) => ({ role: 'proof', name, statement: '' }));
}
