/**
 * An independent opinion on Lean's kernel: whether a term has a type, what it reduces to, whether two are equal by
 * definition. Written for the generator's needs and for the differential oracles, from the theory and not from
 * Lean's sources; it knows when it does not know (DontKnow).
 *
 * typing.ts holds what the parts share; infer.ts, reduce.ts and equality.ts are the parts.
 */
import type { Expr } from '../ir/expr.js';
import { fvar } from '../ir/expr.js';
import { instantiateLevels } from '../ir/instantiate-levels.js';
import type { Level } from '../ir/level.js';
import type { Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { DontKnow, IllTyped } from './failure.js';

/** A local variable: its type, and its value where it was bound by `let`. */
export interface Local {
  readonly type: Expr;
  readonly value?: Expr;
}

/** Steps of reduction and comparison that one declaration may take. */
const defaultFuel = 20_000;
/** Nodes of an expression that the checker still looks at. */
const maxSize = 20_000;

export class Typing {
  readonly locals = new Map<Name, Local>();
  /** Caches of infer.ts and reduce.ts, by identity; valid as long as the environment is this one. */
  readonly inferred = new Map<Expr, Expr>();
  readonly checked = new Map<Expr, Expr>();
  readonly reduced = new Map<Expr, Expr>();
  private fuel: number;
  private freshCounter = 0;

  constructor(
    private current: Environment,
    /** Level parameters that are in scope; others are refused. */
    readonly levelParams: ReadonlySet<Name> | null = null,
    fuel = defaultFuel,
  ) {
    this.fuel = fuel;
  }

  get environment(): Environment {
    return this.current;
  }

  /** Goes on in an environment that extends the one so far: locals and caches stay. */
  grow(environment: Environment): void {
    this.current = environment;
  }

  /** A new local variable. */
  bind(type: Expr, value?: Expr): Expr {
    const name = `local.${this.freshCounter++}`;
    this.locals.set(name, value === undefined ? { type } : { type, value });
    return fvar(name);
  }

  /** The constant of a name; IllTyped where there is none. */
  constant(name: Name): Constant {
    const constant = this.environment.find(name);
    if (constant === undefined) throw new IllTyped(`unknown constant ${name}`);
    return constant;
  }

  /** The type of a constant at some levels. */
  typeOf(constant: Constant, levels: readonly Level[]): Expr {
    return instantiateLevels(constant.type, constant.levelParams, levels);
  }

  /** Takes one step at an expression; DontKnow where there were too many, or where it has grown too large. */
  step(expr: Expr): void {
    if (--this.fuel < 0) throw new DontKnow('out of fuel');
    if (expr.size > maxSize) throw new DontKnow('a term that has grown too large');
  }
}
