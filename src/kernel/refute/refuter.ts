/**
 * Whether a type can have no value, by a closed list of forms: what would have to be false for a term of it to exist.
 * Where it can't, a term of it is turned into a proof of False. Nothing is searched for: types are taken apart by
 * their shape, and what computes is computed. Lean's kernel checks whatever comes out.
 *
 *   refute.ts     False from a term of a type            inhabit.ts    a term of a type, by rule
 *   separate.ts   tells two values of a type apart       distinction.ts, case-split.ts   the terms that this takes
 */
import { hasFvar, type Expr } from '../../ir/expr.js';
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
  /** Closed types that were not refuted, and how deep they were looked into. */
  private readonly irrefutable = new Map<Expr, number>();
  /** Terms of closed types that mention no local: they serve wherever the type is asked for again. */
  private readonly known = new Map<Expr, readonly Expr[]>();

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
    // With other locals in scope it might be: that is given up for the sake of types that stand in many places.
    if (depth <= (this.irrefutable.get(type) ?? 0)) return undefined;
    this.count();
    const refuted = refute(this, type, term, depth);
    if (refuted === undefined && isClosed(type)) this.irrefutable.set(type, depth);
    return refuted;
  }

  inhabitants(type: Expr, depth: number): readonly Expr[] {
    if (depth <= 0) return [];
    const known = this.known.get(type);
    if (known !== undefined) return known;
    this.count();
    const found = inhabitants(this, type, depth);
    if (found.length > 0 && [type, ...found].every(isClosed)) this.known.set(type, found);
    return found;
  }

  private count(): void {
    if (--this.left < 0) throw new DontKnow('more types than are looked into');
  }
}

function isClosed({ has }: Expr): boolean {
  return (has & hasFvar) === 0;
}

export type { Fact, Form, Refutation } from './means.js';
