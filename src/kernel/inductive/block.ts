/**
 * An inductive block, opened: what is read off the types and constructors of a declaration once, for all that need
 * it.
 */
import type { Inductive } from '../../ir/declaration.js';
import { app, constant, type Expr } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { localsOf, type Opened } from '../telescope.js';

/** A constructor: its fields as locals, in the context of the block's parameters. */
export interface OpenedConstructor {
  readonly name: Name;
  readonly fields: readonly Opened[];
  /** The indices of the type that it makes. */
  readonly indices: readonly Expr[];
}
export interface OpenedType {
  readonly name: Name;
  readonly indices: readonly Opened[];
  readonly constructors: readonly OpenedConstructor[];
}
/** Names of a block's types, and the levels and parameters that they are applied to wherever they occur. */
export interface BlockHead {
  readonly declaration: Inductive;
  readonly names: ReadonlySet<Name>;
  readonly levels: readonly Level[];
  readonly parameters: readonly Opened[];
  /** How many indices each type has. */
  readonly indexCounts: ReadonlyMap<Name, number>;
}
/** A whole block, opened. */
export interface OpenedBlock extends BlockHead {
  readonly types: readonly OpenedType[];
  /** All its types live in the sort of this level. */
  readonly level: Level;
}

/** A type of the block at some indices. */
export function typeAt(block: BlockHead, name: Name, indices: readonly Expr[]): Expr {
  return app(constant(name, block.levels), ...localsOf(block.parameters), ...indices);
}

/** A constructor of the block applied to its fields. */
export function constructorAt(block: BlockHead, constructor: OpenedConstructor): Expr {
  return app(
    constant(constructor.name, block.levels),
    ...localsOf(block.parameters),
    ...localsOf(constructor.fields),
  );
}
