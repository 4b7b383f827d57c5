import { instantiate, instantiateAll, unapply } from '../../ir/expr-ops.js';
import { app, constant, letIn, nat, proj, sort, string, type Expr, type ExprOf } from '../../ir/expr.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { one, param, zero, type Level } from '../../ir/level.js';
import { isSmallLevel, simplifyLevel } from '../../ir/simplify-level.js';
import type { Name } from '../../ir/name.js';
import type { Random } from '../../util/random.js';
import { DontKnow } from '../../kernel/failure.js';
import { equalTerms } from '../../kernel/equality.js';
import { isProposition } from '../../kernel/infer.js';
import { levelAtMost } from '../../kernel/level-order.js';
import { whnf, whnfCore } from '../../kernel/reduce.js';
import { structureOf } from '../../kernel/structures.js';
import { close, open, type Opened } from '../../kernel/telescope.js';
import type { Typing } from '../../kernel/typing.js';
import { typingIn, type Context } from './context.js';
import { eliminate } from './eliminate.js';
import { Match } from './matching.js';
import { headOf, type Producer, type Producers } from './producers.js';
import type { LocalTerm, TermSearch } from './term-search.js';
import { domainsOf, resultOf } from '../../ir/telescope.js';
import { largestOf, lengthOf } from './wide.js';

/** Attempts at a goal that one declaration may make; backtracking has to end. */
const effortPerDeclaration = 120;

/**
 * Builds terms from the goal downwards: a goal is a type, and what can produce it is tried (local variables,
 * constants whose result matches, constructors, eliminators, redexes) until all its arguments are built. Where a
 * choice fails, a few others are tried; then the goal is given up.
 */
export class KernelTermGenerator implements TermSearch {
  private effort = effortPerDeclaration;
  private locals: LocalTerm[] = [];

  constructor(
    readonly random: Random,
    readonly t: Typing,
    readonly producers: Producers,
    /** Level parameters of the declaration in the making. */
    readonly levelParams: readonly Name[],
  ) {}

  /** A generator for one declaration behind those of a context. */
  static behind(random: Random, context: Context, levelParams: readonly Name[] = []): KernelTermGenerator {
    return new KernelTermGenerator(random, typingIn(context), context.producers, levelParams);
  }

  /** A term of a type, with about `size` nodes that matter; undefined where none was found. */
  prove(goal: Expr, size: number): Expr | undefined {
    if (--this.effort < 0) return undefined;
    switch (goal.kind) {
      case 'pi':
        return this.introduce(goal, size);
      case 'sort':
        return this.typeAt(goal.level, size);
      case 'const':
      case 'app': {
        const found = this.inhabit(goal, size);
        if (found !== undefined) return found;
        const reduced = whnf(this.t, goal);
        return reduced === goal ? undefined : this.prove(reduced, size);
      }
      default: {
        const reduced = whnf(this.t, goal);
        return reduced === goal ? this.fromLocals(goal, size) : this.prove(reduced, size);
      }
    }
  }

  /** Runs `build` with a local in scope, and with what its projections give. */
  under<T>(opened: Opened, build: () => T): T {
    const before = this.locals;
    this.locals = [...before, ...this.termsOf(opened.local, opened.type)];
    try {
      return build();
    } finally {
      this.locals = before;
    }
  }

  /** The same with several locals, outermost first. */
  underAll<T>(opened: readonly Opened[], build: () => T): T {
    const [first, ...rest] = opened;
    return first === undefined ? build() : this.under(first, () => this.underAll(rest, build));
  }

  get scope(): readonly LocalTerm[] {
    return this.locals;
  }

  /** A level of the declaration in the making: small numbers and its parameters. */
  level(): Level {
    const largest = largestOf(this.random, this.levelParams);
    if (largest !== undefined) return largest;
    const name = this.levelParams[this.random.below(this.levelParams.length + 2)];
    if (name !== undefined) return param(name);
    return this.random.chance(0.7) ? zero : one;
  }

  private introduce(goal: ExprOf<'lambda' | 'pi'>, size: number): Expr | undefined {
    const opened = open(this.t, goal.name, goal.type, goal.info);
    const body = this.under(opened, () => this.prove(instantiate(goal.body, opened.local), size - 1));
    return body === undefined ? undefined : close('lambda', [opened], body);
  }

  private inhabit(goal: Expr, size: number): Expr | undefined {
    const head = headOf(goal);
    if (size > 2) {
      for (let attempt = 0; attempt < 3; attempt++) {
        const found = this.byStrategy(goal, head, size);
        if (found !== undefined) return found;
        if (this.effort < 0) return undefined;
      }
    }
    return this.leaf(goal, head);
  }

  private byStrategy(goal: Expr, head: string, size: number): Expr | undefined {
    switch (this.random.weighted(strategyWeights)) {
      case 0:
        return this.fromLocals(goal, size);
      case 1:
        return this.fromProducers(this.producers.own(head), goal, size);
      case 2:
        return this.fromProducers(this.producers.core(head), goal, size);
      case 3:
        return eliminate(this, goal, size);
      case 4:
        return this.redex(goal, size);
      default:
        return this.leaf(goal, head);
    }
  }

  /** The shortest thing that will do. */
  private leaf(goal: Expr, head: string): Expr | undefined {
    if (head === 'Nat' && this.random.chance(0.8)) return nat(this.random.pick(cornerNumbers));
    if (head === 'String') return string(this.random.pick(cornerStrings));
    if (head === 'Eq') return this.reflexivity(goal) ?? this.fromLocals(goal, 1);
    const local = this.fromLocals(goal, 1);
    if (local !== undefined && this.random.chance(0.7)) return local;
    for (const list of [this.producers.own(head), this.producers.core(head)]) {
      const simplest = list.filter((producer) => producer.args.length <= 2);
      const found = simplest.length > 0 ? this.fromProducers(simplest, goal, 1) : undefined;
      if (found !== undefined) return found;
    }
    return local;
  }

  private reflexivity(goal: Expr): Expr | undefined {
    const { head, args } = unapply(goal);
    const [type, a, b] = args;
    if (head.kind !== 'const' || type === undefined || a === undefined || b === undefined) return undefined;
    return equalTerms(this.t, a, b) ? app(constant('Eq.refl', head.levels), type, a) : undefined;
  }

  /** A local whose type, behind its own arguments, is the goal. */
  private fromLocals(goal: Expr, size: number): Expr | undefined {
    const head = headOf(goal);
    const fitting = this.locals.filter((local) => local.head === head);
    for (let attempt = 0; attempt < 2 && fitting.length > 0; attempt++) {
      const local = this.random.pick(fitting);
      const found = this.apply(local.term, asProducer(local.type), goal, size);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private fromProducers(list: readonly Producer[], goal: Expr, size: number): Expr | undefined {
    if (list.length === 0 || --this.effort < 0) return undefined;
    const producer = this.random.pick(list);
    return this.apply(undefined, producer, goal, size, producer);
  }

  /** A function, applied so that it makes the goal. */
  private apply(
    fn: Expr | undefined,
    { args, result }: Pick<Producer, 'args' | 'result'>,
    goal: Expr,
    size: number,
    producer?: Producer,
  ): Expr | undefined {
    const params = producer?.constant.levelParams ?? [];
    const match = new Match(args.length, params);
    if (!match.match(result, goal)) return undefined;
    const levels = params.map((name) => simplifySmall(match.levels.get(name) ?? this.level()));
    const missing = match.args.filter((arg) => arg === undefined).length;
    const childSize = missing === 0 ? 0 : Math.floor((size - 1) / missing);
    const values: Expr[] = [];
    for (const [i, type] of args.entries()) {
      // The kernel computes a power by hand beyond exponents of 2^24, which only a kill ends.
      const known = i === 1 && isExplosive(producer) ? nat(this.random.below(80)) : match.args[i];
      if (known !== undefined) {
        values.push(known);
        continue;
      }
      const wanted = instantiateAll(instantiateLevels(type, params, levels), values);
      const value = this.prove(whnfCore(this.t, wanted), childSize);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return app(fn ?? constant(producer?.constant.name ?? '', levels), ...values);
  }

  /** `(fun x => body) value`, or the same as a let; now and then of many variables. */
  private redex(goal: Expr, size: number): Expr | undefined {
    const half = Math.floor((size - 1) / 2);
    const count = lengthOf(this.random, 1);
    const opened: Opened[] = [];
    const values: Expr[] = [];
    for (let i = 0; i < count; i++) {
      const type = this.typeAt(this.random.chance(0.7) ? one : zero, 2);
      const value = type === undefined ? undefined : this.prove(type, Math.floor(half / count));
      if (type === undefined || value === undefined) break;
      opened.push(open(this.t, i === 0 ? 'x' : `x${i}`, type));
      values.push(value);
    }
    if (values.length === 0) return undefined;
    const body = this.underAll(opened, () => this.prove(goal, half));
    if (body === undefined) return undefined;
    const closed = close('lambda', opened, body);
    return this.random.chance(0.5) ? app(closed, ...values) : asLets(closed, values);
  }

  /** A type in `Sort level`. */
  typeAt(level: Level, size: number): Expr | undefined {
    if (--this.effort < 0) return undefined;
    const goal = sort(level);
    const choice = this.random.weighted(size > 2 ? typeWeights : smallTypeWeights);
    const found =
      choice === 0
        ? this.fromLocals(goal, size)
        : choice === 1
          ? this.fromProducers(this.producers.own('sort'), goal, size)
          : choice === 2
            ? this.fromProducers(this.producers.core('sort'), goal, size)
            : choice === 3
              ? this.functionType(level, size)
              : level.kind === 'succ'
                ? sort(level.of)
                : undefined;
    return found ?? this.simpleType(level);
  }

  private functionType(level: Level, size: number): Expr | undefined {
    const half = Math.floor((size - 1) / 2);
    // A function type lives where its result does, if its domain is no larger; a proposition has any domain.
    const wanted = this.random.chance(0.6) ? level : this.level();
    const domainLevel = level.kind === 'zero' || levelAtMost(wanted, level) ? wanted : level;
    const domain = this.typeAt(domainLevel, half);
    if (domain === undefined) return undefined;
    const opened = open(this.t, 'a', domain);
    const codomain = this.under(opened, () => this.typeAt(level, half));
    return codomain === undefined ? undefined : close('pi', [opened], codomain);
  }

  /** Some type of a level, always. */
  private simpleType(level: Level): Expr {
    if (level.kind === 'zero') return constant(this.random.chance(0.8) ? 'True' : 'False');
    if (level.kind === 'succ' && level.of.kind === 'zero') return constant(this.random.pick(simpleTypes));
    return constant('PUnit', [level]);
  }

  private termsOf(term: Expr, type: Expr): LocalTerm[] {
    const own = { term, type, head: headOf(resultOf(type)) };
    const { head, args } = unapply(type);
    if (head.kind !== 'const') return [own];
    const structure = structureOf(this.t, head.name);
    if (structure === undefined || structure.fields === 0) return [own];
    const made = this.t.environment.find(structure.constructor);
    if (made === undefined) return [own];
    let rest = instantiateParameters(this.t.typeOf(made, head.levels), args.slice(0, structure.parameters));
    const terms: LocalTerm[] = [own];
    const fromProof = isProposition(this.t, type);
    for (let index = 0; index < structure.fields && rest.kind === 'pi'; index++) {
      const value = proj(head.name, index, term);
      // Of a proof, only proofs may be projected, and nothing whose type needs other fields.
      const allowed = !fromProof || isProposition(this.t, rest.type);
      if (allowed) terms.push({ term: value, type: rest.type, head: headOf(resultOf(rest.type)) });
      else if (rest.body.looseRange > 0) break;
      rest = instantiate(rest.body, value);
    }
    return terms;
  }
}

/** A function of variables that have these values: as `let`s. No value mentions a variable. */
function asLets(fn: Expr, [value, ...others]: readonly Expr[]): Expr {
  if (fn.kind !== 'lambda' || value === undefined) return fn;
  return letIn(fn.name, fn.type, value, asLets(fn.body, others));
}

/** Functions whose value outgrows everything in their second argument. */
function isExplosive(producer: Producer | undefined): boolean {
  const name = producer?.constant.name;
  return name === 'Nat.pow' || name === 'Nat.shiftLeft';
}

/** local, own constants, core constants, elimination, redex, leaf */
const strategyWeights = [4, 5, 3, 3, 1, 3];
/** local, own types, core types, function type, a sort itself */
const typeWeights = [2, 5, 3, 3, 0.4];
const smallTypeWeights = [2, 4, 3, 0, 0.2];

const simpleTypes = ['Nat', 'Bool', 'Empty', 'String', 'Nat', 'Bool'];

/** Numbers at which representations change. */
const cornerNumbers: readonly bigint[] = [
  ...[0n, 1n, 2n, 3n, 7n, 255n, 256n, 65535n],
  ...[31n, 32n, 63n, 64n, 128n].flatMap((bits) => [(1n << bits) - 1n, 1n << bits]),
];
/** The last one is longer than what C++ keeps in place. */
const cornerStrings = ['', 'a', '\0', 'é', '𝔸', 'abc', 'abcdefghijklmnopqrstuvwxyz'];

function asProducer(type: Expr): Pick<Producer, 'args' | 'result'> {
  return { args: domainsOf(type), result: resultOf(type) };
}

function instantiateParameters(type: Expr, values: readonly Expr[]): Expr {
  let rest = type;
  for (const value of values) {
    if (rest.kind !== 'pi') return rest;
    rest = instantiate(rest.body, value);
  }
  return rest;
}

/** Nodes of a level that is still built upon: levels that are taken over from goal to goal could double each time. */
const maxLevel = 40;

function simplifySmall(level: Level): Level {
  if (!isSmallLevel(level, maxLevel)) throw new DontKnow('a level that has grown too large');
  return simplifyLevel(level);
}
