/** Which code of a native Lean is its kernel's logic: for coverage, and for planted bugs. */

/** The subject of a function of the kernel. */
export const functionGroups = [
  'type checking',
  'inductive types',
  'levels',
  'definitions',
  'quotients',
  'terms',
] as const;
export type FunctionGroup = (typeof functionGroups)[number];

/** A function of the kernel. Offsets count bytes from where the library begins in memory. */
export interface MappedFunction {
  /** Readable: without namespace, and with parameters only where another one has the same name. */
  readonly name: string;
  readonly symbol: string;
  readonly group: FunctionGroup;
  readonly offset: number;
}

/** A conditional branch that decides something. */
export interface MappedBranch {
  readonly offset: number;
  /** Index of its function. */
  readonly function: number;
  /** The values that it looks at, as readable as machine code is. */
  readonly condition: string;
}

/** One way of a branch, which leads to a block. */
export interface Guard {
  /** Index of the branch. */
  readonly branch: number;
  readonly taken: boolean;
}

/** A basic block. */
export interface MappedBlock {
  readonly offset: number;
  /** Its first byte. */
  readonly byte: number;
  /** Index of its function. */
  readonly function: number;
  /** The nearest branches that lead there; none where nothing but the function's entry or a table of jumps does. */
  readonly guards: readonly Guard[];
  /** Functions that it calls, of those that do more than count. */
  readonly calls: readonly string[];
}

/** The kernel's code: functions, and blocks and branches in the order of their offsets. */
export interface CodeMap {
  readonly functions: readonly MappedFunction[];
  readonly blocks: readonly MappedBlock[];
  readonly branches: readonly MappedBranch[];
}
