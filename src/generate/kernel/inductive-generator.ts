import { Nat, True } from '../../ir/core-constants.js';
import type { Constructor, Inductive, InductiveType } from '../../ir/declaration.js';
import { abstract, instantiate } from '../../ir/expr-ops.js';
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import type { Random } from '../../util/random.js';
import { equalLevels, levelAtMost } from '../../kernel/level-order.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import { close, localsOf, open, type Opened } from '../../kernel/telescope.js';
import { Typing } from '../../kernel/typing.js';
import type { Context } from './context.js';
import { restateLevel } from './restate.js';
import { KernelTermGenerator } from './term-generator.js';
import { isLong, largestOf, lengthOf, levelNames } from './wide.js';

/** How often a type says its sort in its own way: more often where there are others that it has to agree with. */
const restatedShare = { alone: 0.15, inBlock: 0.4 };

/** data, a type of the block, one inside a container, a function to one */
const fieldWeights = [5, 4, 1.5, 1.2];
/** How often all fields of a constructor that has many are of one kind. */
const alikeShare = 0.6;
/** How many containers are around a type that is inside one. */
const containerWeights = [0, 8, 2, 1];
/** How many arguments a function to a type of the block usually takes. */
const argumentWeights = [0, 8, 1];

/** How often a container is one of the candidate's own types, where one fits. */
const ownContainers = 0.5;

/** One type of the block while it is made. */
interface Draft {
  readonly name: Name;
  readonly indices: readonly Opened[];
}

/** Makes inductive declarations: parameters, indices, sorts of all kinds, recursion, nesting, mutual blocks. */
export class InductiveGenerator {
  private readonly t: Typing;
  private readonly terms: KernelTermGenerator;
  private readonly levelParams: readonly Name[];
  private readonly level: Level;

  constructor(
    private readonly random: Random,
    private readonly context: Context,
    private readonly size: number,
  ) {
    this.levelParams = levelNames(random, random.weighted([5, 4, 2]));
    this.t = new Typing(context.environment);
    this.terms = new KernelTermGenerator(random, this.t, context.producers, this.levelParams);
    this.level = this.resultLevel();
  }

  /** A block whose types are named `name`, `name'`, ... by the caller. */
  make(names: readonly Name[]): Inductive {
    const parameters = this.parameters();
    const types = this.terms.underAll(parameters, () => {
      const drafts = names.map((name): Draft => ({ name, indices: this.indices() }));
      const share = names.length > 1 ? restatedShare.inBlock : restatedShare.alone;
      return drafts.map((draft): InductiveType => ({
        name: draft.name,
        type: close('pi', [...parameters, ...draft.indices], this.sortExpr(share)),
        constructors: this.constructors(draft, drafts, parameters),
      }));
    });
    return {
      kind: 'inductive',
      levelParams: this.levelParams,
      parameters: parameters.length,
      types,
      unsafe: false,
    };
  }

  private resultLevel(): Level {
    const { random } = this;
    const [first, second] = this.levelParams.map(param);
    const u = first ?? one;
    const v = second ?? zero;
    const largest = largestOf(random, this.levelParams);
    if (largest !== undefined) return random.chance(0.5) ? succ(largest) : max(one, largest);
    switch (random.weighted([6, 9, 3, 3, 2, 3])) {
      case 0:
        return zero;
      case 1:
        return first === undefined ? one : succ(u);
      case 2:
        return max(succ(u), succ(v));
      case 3:
        return max(one, max(u, v));
      case 4:
        return levelOf(random.between(1, 3));
      default:
        // Levels as nobody would write them: the kernel has to normalise.
        return random.pick([
          imax(one, zero),
          imax(u, one),
          max(zero, u),
          imax(u, max(v, one)),
          succ(imax(u, v)),
          u,
          imax(zero, zero),
        ]);
    }
  }

  /**
   * The block's types are propositions, and the kernel sees that: it allows fields of any size only where the level
   * is written as 0, and not as one that comes to 0 (`imax 1 0`).
   */
  private get isProp(): boolean {
    return this.level.kind === 'zero';
  }

  /**
   * The sort of one type of the block: now and then said with another level that is equal to the others', or as a term
   * that reduces to it.
   */
  private sortExpr(share: number): Expr {
    const plain = sort(this.random.chance(share) ? restateLevel(this.random, this.level) : this.level);
    if (!this.random.chance(0.06)) return plain;
    const above = sort(succ(this.level));
    return app(constant('id', [succ(succ(this.level))]), above, plain);
  }

  private parameters(): Opened[] {
    const { random, t, terms } = this;
    const opened: Opened[] = [];
    const count = lengthOf(random, random.weighted([5, 4, 2]));
    for (let i = 0; i < count; i++) {
      const type = this.terms.underAll(opened, () => {
        switch (random.weighted([6, 2, 1])) {
          case 0:
            return sort(random.chance(0.7) ? succ(terms.level()) : terms.level());
          case 1:
            return terms.typeAt(one, 2);
          default:
            return terms.prove(sort(one), 2);
        }
      });
      opened.push(open(t, `p${i}`, type ?? sort(one)));
    }
    return opened;
  }

  private indices(): Opened[] {
    const { random, t, terms } = this;
    const opened: Opened[] = [];
    const count = lengthOf(random, random.weighted([6, 3, 1]));
    for (let i = 0; i < count; i++) {
      const type = this.terms.underAll(opened, () => terms.typeAt(random.chance(0.8) ? one : zero, 2));
      opened.push(open(t, `i${i}`, type ?? Nat));
    }
    return opened;
  }

  private constructors(draft: Draft, drafts: readonly Draft[], parameters: readonly Opened[]): Constructor[] {
    const count = lengthOf(this.random, this.random.weighted([1, 5, 4, 1]));
    const made: Constructor[] = [];
    for (let i = 0; i < count; i++) {
      const name = child(draft.name, `c${i}`);
      const constructor = this.constructorType(draft, drafts, parameters);
      if (constructor !== undefined) made.push({ name, type: constructor });
    }
    return made;
  }

  private constructorType(
    draft: Draft,
    drafts: readonly Draft[],
    parameters: readonly Opened[],
  ): Expr | undefined {
    const fields: Opened[] = [];
    const count = lengthOf(this.random, this.random.weighted([3, 4, 3, 1]));
    const alike = isLong(count) && this.random.chance(alikeShare);
    const kindOfAll = alike ? this.random.weighted(fieldWeights) : undefined;
    for (let i = 0; i < count; i++) {
      const kind = kindOfAll ?? this.random.weighted(fieldWeights);
      const found = this.terms.underAll(fields, () => this.fieldType(kind, drafts, parameters));
      const type = found ?? (isLong(count) ? True : undefined);
      if (type !== undefined) fields.push(open(this.t, `x${i}`, type));
    }
    return this.terms.underAll(fields, () => {
      const result = this.selfType(draft, parameters);
      return result === undefined ? undefined : close('pi', [...parameters, ...fields], result);
    });
  }

  /** The type of a field of one of `fieldWeights`' kinds. */
  private fieldType(kind: number, drafts: readonly Draft[], parameters: readonly Opened[]): Expr | undefined {
    if (kind === 0) return this.dataType();
    const self = this.selfType(this.random.pick(drafts), parameters);
    if (kind === 1 || self === undefined) return self;
    return kind === 2 ? this.insideContainers(self) : this.functionTo(self);
  }

  private insideContainers(self: Expr): Expr {
    let type = self;
    for (let left = this.random.weighted(containerWeights); left > 0; left--) type = this.nest(type);
    return type;
  }

  private functionTo(self: Expr): Expr | undefined {
    const { random, terms } = this;
    const count = lengthOf(random, random.weighted(argumentWeights));
    const args: Opened[] = [];
    for (let i = 0; i < count; i++) {
      const level = this.isProp || random.chance(0.5) ? zero : this.domainLevel();
      const domain = terms.underAll(args, () => terms.typeAt(level, 2)) ?? (isLong(count) ? True : undefined);
      if (domain === undefined) return undefined;
      args.push(open(this.t, `a${i}`, domain));
    }
    return close('pi', args, self);
  }

  /** A type that mentions nothing of the block, small enough for it. */
  private dataType(): Expr | undefined {
    return this.terms.typeAt(
      this.isProp && this.random.chance(0.6) ? one : this.domainLevel(),
      this.size >> 1,
    );
  }

  /** A level that a field may have. */
  private domainLevel(): Level {
    const wanted = this.random.pick([
      zero,
      one,
      one,
      ...this.levelParams.map((name) => succ(param(name))),
      this.level,
    ]);
    return this.isProp || levelAtMost(wanted, this.level) ? wanted : zero;
  }

  /** A type of the block at its parameters and at indices that are built here. */
  private selfType(draft: Draft, parameters: readonly Opened[]): Expr | undefined {
    const indices: Expr[] = [];
    for (const index of draft.indices) {
      const wanted = indexType(index, draft.indices, indices);
      const value = this.terms.prove(wanted, 2);
      if (value === undefined) return undefined;
      indices.push(value);
    }
    return app(constant(draft.name, this.levelParams.map(param)), ...localsOf(parameters), ...indices);
  }

  /** The type inside a container, where its sort allows that: one of the candidate's own as often as one of Lean's. */
  private nest(self: Expr): Expr {
    const own = this.random.chance(ownContainers) ? this.nestInOwn(self) : undefined;
    if (own !== undefined) return own;
    if (this.level.kind !== 'succ') return self;
    const level = this.level.of;
    switch (this.random.weighted([4, 3, 1])) {
      case 0:
        return app(constant('List', [level]), self);
      case 1:
        return app(constant('Option', [level]), self);
      default:
        return app(constant('Prod', [level, level]), self, self);
    }
  }

  /** The type as a parameter of a type that the candidate has declared; what its constructors make of it is not asked. */
  private nestInOwn(self: Expr): Expr | undefined {
    const containers = this.context.environment.added.filter(
      ({ details, safety = 'safe' }) =>
        details.kind === 'inductive' && details.parameters > 0 && details.indices === 0 && safety === 'safe',
    );
    if (containers.length === 0) return undefined;
    const { name, levelParams, details } = this.random.pick(containers);
    if (details.kind !== 'inductive') return undefined;
    const below = this.level.kind === 'succ' ? this.level.of : this.level;
    const levels = levelParams.map(() => below);
    let inside = 0;
    const filled = fillBinders(
      this.t.typeOf(this.t.constant(name), levels),
      (_, { type }) => {
        if (inside === 0 && type.kind === 'sort' && equalLevels(type.level, this.level)) {
          inside++;
          return self;
        }
        return this.terms.prove(type, 2);
      },
      details.parameters,
    );
    if (filled === undefined || inside === 0) return undefined;
    const { rest } = filled;
    return rest.kind === 'sort' && equalLevels(rest.level, this.level)
      ? app(constant(name, levels), ...filled.args)
      : undefined;
  }
}

/** An index's type with the indices before it replaced by the values chosen for them. */
function indexType(index: Opened, all: readonly Opened[], values: readonly Expr[]): Expr {
  let type = index.type;
  values.forEach((value, i) => {
    const earlier = all[i];
    if (earlier !== undefined) type = instantiate(abstract(type, earlier.local.name), value);
  });
  return type;
}
