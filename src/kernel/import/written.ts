import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';

/** Fields of a line about any constant. */
export interface Headed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

/** An inductive declaration as a file has it, with all that could be derived instead: none of it is believed. */
export interface WrittenInductive {
  readonly types: readonly WrittenType[];
  readonly constructors: readonly WrittenConstructor[];
  readonly recursors: readonly WrittenRecursor[];
}
export type WrittenType = Headed & {
  readonly numParams: number;
  readonly numIndices: number;
  readonly numNested: number;
  readonly all: readonly Name[];
  readonly ctors: readonly Name[];
  readonly isRec: boolean;
  readonly isReflexive: boolean;
  readonly isUnsafe: boolean;
};
export type WrittenConstructor = Headed & {
  readonly induct: Name;
  readonly cidx: number;
  readonly numParams: number;
  readonly numFields: number;
  readonly isUnsafe: boolean;
};
export type WrittenRecursor = Headed & {
  readonly all: readonly Name[];
  readonly numParams: number;
  readonly numIndices: number;
  readonly numMotives: number;
  readonly numMinors: number;
  readonly k: boolean;
  readonly isUnsafe: boolean;
  readonly rules: readonly { readonly ctor: Name; readonly nfields: number; readonly rhs: Expr }[];
};
