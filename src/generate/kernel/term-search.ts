import type { Expr } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import type { Typing } from '../../kernel/typing.js';
import type { Random } from '../../util/random.js';

/** Something in the local context: a variable, or a projection of one. */
export interface LocalTerm {
  readonly term: Expr;
  readonly type: Expr;
  readonly head: string;
}

/** A search for terms, as far as a way to build one (an elimination, say) needs it. */
export interface TermSearch {
  readonly t: Typing;
  readonly random: Random;
  /** The local context, innermost last. */
  readonly scope: readonly LocalTerm[];
  /** A term of a type, with about `size` nodes that matter; undefined where none was found. */
  prove(goal: Expr, size: number): Expr | undefined;
  /** A type of a sort. */
  typeAt(level: Level, size: number): Expr | undefined;
}
