/**
 * A kernel of our own: whether a term has a type, what it reduces to, whether two are equal by definition. It serves
 * the generator, the oracles and whoever wants a file checked; it knows when it does not know (DontKnow).
 *
 * typing.ts holds what the parts share. infer.ts, reduce.ts, literals.ts and equality.ts are one knot by nature:
 * types are compared to be inferred, reduced to be compared, and inferred to be reduced (K, eta, proof irrelevance).
 */
import type { Safety } from '../ir/declaration.js';
import { effort } from '../ir/effort.js';
import type { Expr, ExprOf } from '../ir/expr.js';
import { fvar } from '../ir/expr.js';
import type { Level } from '../ir/level.js';
import type { Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { DontKnow, IllTyped } from './failure.js';
import { instantiateLevels } from './levels/instantiate.js';
import { Equivalence } from './equivalence.js';
import { PairSet } from './pair-set.js';
import { strictRules, type Rules } from './rules.js';

/** A local variable: its type, and its value where it was bound by `let`. */
export interface Local {
  readonly type: Expr;
  readonly value?: Expr;
}

/** Steps of reduction and comparison that one declaration may take. */
const defaultFuel = 20_000;
/** Nodes of an expression that the checker still looks at, shared ones counted at each use. */
const defaultMaxSize = 20_000;
/**
 * Nodes of expressions that a declaration may have looked at for nothing; each one more takes a step. Of Init's
 * declarations the dearest needs half of these.
 */
const freeNodes = 1 << 19;
/** A local stays in memory, which costs as much as to look at so many nodes. */
const nodesOfLocal = 8;

export interface TypingOptions {
  readonly rules?: Rules;
  /** Safety of the declaration that is checked: a safe one may use neither unsafe nor partial constants. */
  readonly safety?: Safety;
  readonly maxSize?: number;
}

/** The first local variables, which every check needs again. */
const names: Name[] = [];
const variables: Expr[] = [];
const kept = 4096;

function localName(number: number): Name {
  return number < kept ? (names[number] ??= `local.${number}`) : `local.${number}`;
}

function localVariable(number: number): Expr {
  return number < kept ? (variables[number] ??= fvar(localName(number))) : fvar(localName(number));
}

/** A constant's type at some levels, which are known by identity, and its price: nodes that were looked at, and steps. */
interface TypeAtLevels {
  readonly levels: readonly Level[];
  readonly shared: boolean;
  readonly type: Expr;
  readonly nodes: number;
  readonly steps: number;
}

/** Each constant's type that was asked for last. Here, not in a Typing: one is made for each question, and constants stay. */
const lastTypes = new WeakMap<Constant, TypeAtLevels>();

export class Typing {
  readonly rules: Rules;
  readonly safety: Safety;
  readonly locals = new Map<Name, Local>();
  /** Caches, by identity; valid as long as the environment is this one. */
  readonly inferred = new Map<Expr, Expr>();
  readonly checked = new Map<Expr, Expr>();
  readonly reduced = new Map<Expr, Expr>();
  readonly reducedCore = new Map<Expr, Expr>();
  /** Pairs that were found equal, and applications of one constant whose arguments were found to differ. */
  readonly equal: PairSet | Equivalence;
  readonly differingArguments = new PairSet();
  /** While the argument of eagerReduce is compared, arithmetic is computed under free variables too. */
  eager = false;
  /** Whether a question is at work: what it asks itself is part of it. */
  isAtWork = false;
  private readonly maxSize: number;
  private freshCounter = 0;
  /** Where the count of nodes stood when the question was asked that is at work. */
  private nodes = 0;
  private free = freeNodes;

  constructor(
    private current: Environment,
    private scope: ReadonlySet<Name> | null = null,
    private fuel = defaultFuel,
    options: TypingOptions = {},
  ) {
    this.rules = options.rules ?? strictRules;
    this.equal = this.rules.equalByTransitivity ? new Equivalence() : new PairSet();
    this.safety = options.safety ?? 'safe';
    this.maxSize = options.maxSize ?? defaultMaxSize;
  }

  get environment(): Environment {
    return this.current;
  }

  /** Level parameters that are in scope; others are refused, unless there is none. */
  get levelParams(): ReadonlySet<Name> | null {
    return this.scope;
  }

  /** Goes on with other level parameters. Checks under the old ones do not count. */
  use(levelParams: readonly Name[]): void {
    const scope = new Set(levelParams);
    if (this.scope?.size === scope.size && levelParams.every((name) => this.scope?.has(name))) return;
    this.scope = scope;
    this.checked.clear();
  }

  /** Goes on in an environment that has other constants of the same names: all that was found is forgotten. */
  forget(environment: Environment): void {
    this.current = environment;
    for (const cache of [this.inferred, this.checked, this.reduced, this.reducedCore]) cache.clear();
    this.equal.clear();
    this.differingArguments.clear();
  }

  /** Goes on in an environment that extends the one so far: locals and caches stay. */
  grow(environment: Environment): void {
    this.current = environment;
  }

  /** A new local variable. */
  bind(type: Expr, value?: Expr): Expr {
    effort.nodes += nodesOfLocal;
    const number = this.freshCounter++;
    this.locals.set(localName(number), value === undefined ? { type } : { type, value });
    return localVariable(number);
  }

  /** Says a local's type otherwise. What was found of terms with it no longer holds: the caller has it forgotten. */
  retype({ name }: ExprOf<'fvar' | 'mvar'>, type: Expr): void {
    this.locals.set(name, { type });
  }

  /** The constant of a name; IllTyped where there is none. */
  constant(name: Name): Constant {
    const constant = this.environment.find(name);
    if (constant === undefined) throw new IllTyped('an unknown constant', name);
    return constant;
  }

  /** The type of a constant at some levels. */
  typeOf(constant: Constant, levels: readonly Level[]): Expr {
    const { type, levelParams } = constant;
    if (levelParams.length === 0) return type;
    const shared = this.rules.sharesLevels;
    const known = lastTypes.get(constant);
    if (known?.levels === levels && known.shared === shared) {
      // Whether it is known hangs on who asked before: the price must not.
      effort.nodes += known.nodes;
      if (known.steps > 0) this.take(known.steps);
      return known.type;
    }
    const { nodes } = effort;
    const { fuel } = this;
    const found = instantiateLevels(type, levelParams, levels, shared, this);
    const price = { nodes: effort.nodes - nodes, steps: fuel - this.fuel };
    lastTypes.set(constant, { levels, shared, type: found, ...price });
    return found;
  }

  /** Answers a question from outside. What the stack or the language can't hold is no answer: DontKnow. */
  ask<T>(answer: () => T): T {
    this.isAtWork = true;
    this.nodes = effort.nodes;
    const { limit } = effort;
    effort.limit = effort.nodes + this.free + this.fuel;
    try {
      return answer();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DontKnow(effort.nodes > effort.limit ? 'out of fuel' : 'too deep or too large');
    } finally {
      this.settle();
      effort.limit = limit;
      this.isAtWork = false;
      this.eager = false;
    }
  }

  /** Takes the price of looking at so many nodes where they are known beforehand. Only while a question is at work. */
  look(nodes: number): void {
    effort.nodes += nodes;
    this.take(0);
  }

  /** Steps that the question at work takes for the nodes that were looked at. */
  private get owed(): number {
    return this.isAtWork ? Math.max(0, effort.nodes - this.nodes - this.free) : 0;
  }

  private settle(): void {
    this.fuel -= this.owed;
    this.free = Math.max(0, this.free - (effort.nodes - this.nodes));
  }

  /** Takes so many steps at once: for what is more work than a step. DontKnow where there were too many. */
  take(steps: number): void {
    this.fuel -= steps;
    if (this.fuel < this.owed) throw new DontKnow('out of fuel');
  }

  /** Takes one step at an expression; DontKnow where there were too many, or where it has grown too large. */
  step(expr: Expr): void {
    if (--this.fuel < this.owed) throw new DontKnow('out of fuel');
    if (expr.size > this.maxSize) throw new DontKnow('a term that has grown too large');
  }
}
