import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import type { Opened } from '../telescope.js';
import type { Typing } from '../typing.js';

/** Services that a caller provides to separate values. */
export interface Means {
  readonly t: Typing;
  /** A term of a type; undefined where none is found. */
  inhabit(type: Expr): Expr | undefined;
  /**
   * Numbers, truth values and texts that don't compute here are taken to differ: Lean's kernel will tell. Default
   * false.
   */
  readonly trusting?: boolean;
}

/** A constant and what it states, its level parameters put to zero. */
export interface Fact {
  readonly name: Name;
  readonly term: Expr;
  readonly type: Expr;
}

/** A local variable that may be used as it is. */
export type Local = Pick<Opened, 'local' | 'type'>;

/** The interface between refuting and inhabiting; see refuter.ts. */
export interface Asked extends Means {
  readonly facts: readonly Fact[];
  readonly locals: Local[];
  refute(type: Expr, term: Expr, depth: number): Refutation | undefined;
  inhabitants(type: Expr, depth: number): readonly Expr[];
}

/** The core of a refuted type, when no arguments are left. */
export type Core =
  | 'False'
  /** An inductive type without constructors. */
  | 'empty type'
  /** A type all of whose constructors need what does not exist, e.g. `Nonempty Empty`. */
  | 'type without values'
  | 'false equation'
  | 'false order';

/** Why a type has no value. */
export type Form =
  | Core
  /** `(p : Prop) → p`, also with other arguments and for predicates. */
  | 'every proposition'
  /** `(α : Type) → α`. */
  | 'every type'
  /** A negation of what is proved by rule, or by another constant. */
  | 'false negation'
  /** A function from other arguments that exist. */
  | `function into ${Core}`;

/** A proof of False, made of a term of a type. */
export interface Refutation {
  readonly proof: Expr;
  readonly form: Form;
}
