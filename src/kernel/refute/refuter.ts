/**
 * Whether a type can have no value, by a closed list of forms: what would have to be false for a term of it to exist.
 * Where it can't, a term of it is turned into a proof of False. Nothing is searched for: types are taken apart by
 * their shape, and what computes is computed. Lean's kernel checks whatever comes out.
 *
 *   refute.ts     False from a term of a type            inhabit.ts    a term of a type, by rule
 *   separate.ts   tells two values of a type apart       distinction.ts, case-split.ts   the terms that this takes
 */
import type { Expr } from '../../ir/expr.js';
import { DontKnow } from '../failure.js';
import type { Typing } from '../typing.js';
import { inhabitants } from './inhabit.js';
import type { Asked, Fact, Local, Refutation } from './means.js';
import { refute } from './refute.js';

/** Types that are looked into for one answer, and how deep one stands in another. */
const maxTypes = 100;
const maxDepth = 6;

export class Refuter implements Asked {
  readonly locals: Local[] = [];
  readonly trusting = true;
  private left = maxTypes;

  constructor(
    readonly t: Typing,
    /** Constants that may be used as arguments: what they state is proved. */
    readonly facts: readonly Fact[],
  ) {}

  /** False from a term of a closed type. Throws DontKnow or IllTyped where our own typing gives up. */
  falseFrom(type: Expr, term: Expr): Refutation | undefined {
    return this.refute(type, term, maxDepth);
  }

  inhabit(type: Expr): Expr | undefined {
    return this.inhabitants(type, maxDepth)[0];
  }

  refute(type: Expr, term: Expr, depth: number): Refutation | undefined {
    if (depth <= 0) return undefined;
    this.count();
    return refute(this, type, term, depth);
  }

  inhabitants(type: Expr, depth: number): readonly Expr[] {
    if (depth <= 0) return [];
    this.count();
    return inhabitants(this, type, depth);
  }

  private count(): void {
    if (--this.left < 0) throw new DontKnow('more types than are looked into');
  }
}

export type { Fact, Form, Refutation } from './means.js';
