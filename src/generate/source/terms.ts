import type { Random } from '../../util/random.js';
import { literal } from './literals.js';
import type { Scope } from './scope.js';
import type { EntryOf } from '../../ir/source/entry.js';
import { binding, join, ref, say, term, type Local, type Tree } from '../../ir/source/tree.js';
import {
  arrow,
  Bool,
  isNatural,
  match,
  named,
  Nat,
  natural,
  sameType,
  substitute,
  type Type,
} from '../../ir/source/types.js';
import { printType } from '../../ir/source/types.js';

type Producer = EntryOf<'value'>;

/** How often a term goes a way that gives the same value back. */
const detourShare = 0.08;

/** Generates types and terms of a wanted type, by choosing among what can produce it. */
export class SourceTermGenerator {
  /** Applications that may still be tried: backtracking must end, and a unit stay small. */
  private effort = 60;
  private readonly producers = new Map<string, Producer[]>();

  constructor(
    readonly random: Random,
    readonly scope: Scope,
    /** A number that no other local of the unit has. */
    private readonly fresh: () => number,
  ) {}

  /** A type of at most `size` formers; `variables` are the type variables that it may mention. */
  type(size: number, variables: readonly Type[] = []): Type {
    const { random } = this;
    if (variables.length > 0 && random.chance(0.3)) return random.pick(variables);
    if (size > 2 && random.chance(0.2))
      return arrow(this.type(size >> 1, variables), this.type(size >> 1, variables));
    const types = this.scope.all('type').filter((entry) => size > 1 || entry.parameters === 0);
    // Later ones more often: a candidate should build on itself.
    const entry = types[Math.max(random.below(types.length), random.below(types.length))];
    if (entry === undefined) return Nat;
    const args = Array.from({ length: entry.parameters }, () => this.type((size - 1) >> 1, variables));
    const indices = Array.from({ length: entry.indices }, () => natural(random.below(3)));
    return named(entry.name, ...args, ...indices);
  }

  /** A type of which a closed value should exist, and the value. */
  inhabited(size: number): { type: Type; value: Tree } {
    for (let attempt = 0; attempt < 3; attempt++) {
      const type = this.type(attempt === 0 ? size : 1);
      const value = this.term(type, [], size);
      if (value !== undefined) return { type, value };
    }
    return { type: Nat, value: literal(this.random, Nat) ?? say`0` };
  }

  /** A term of a type, or undefined where none was found within `size`. */
  term(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const { random } = this;
    const fitting = locals.filter((local) => sameType(local.type, goal));
    if (fitting.length > 0 && random.chance(size <= 1 ? 0.9 : 0.4)) return this.local(goal, fitting);
    if (goal.kind === 'arrow') return this.lambda(goal, locals, size);
    if (size > 2 && random.chance(0.35)) {
      const found = random.pick([
        () => this.branch(goal, locals, size),
        () => this.caseSplit(goal, locals, size),
        () => this.definition(goal, locals, size),
        () => this.detour(goal, locals, size),
      ])();
      if (found !== undefined) return found;
    }
    if (size > 1) {
      const applied = this.localApplication(goal, locals, size) ?? this.application(goal, locals, size);
      if (applied !== undefined) return applied;
    }
    const least = literal(random, goal) ?? this.smallest(goal, locals);
    if (least !== undefined) return least;
    return fitting.length > 0 ? this.local(goal, fitting) : undefined;
  }

  private local(goal: Type, fitting: readonly Local[]): Tree {
    return term(goal, say`${this.random.pick(fitting).name}`);
  }

  private lambda(goal: Type & { kind: 'arrow' }, locals: readonly Local[], size: number): Tree | undefined {
    const local = { name: `x${this.fresh()}`, type: goal.from };
    const body = this.term(goal.to, [...locals, local], size - 1);
    if (body === undefined) return undefined;
    return term(goal, binding([local], say`(fun (${local.name} : ${goal.from}) => ${body})`));
  }

  /** A local function, applied. */
  private localApplication(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const functions = locals.filter(({ type }) => type.kind === 'arrow' && sameType(type.to, goal));
    if (functions.length === 0 || this.random.chance(0.5)) return undefined;
    const { name, type } = this.random.pick(functions);
    if (type.kind !== 'arrow') return undefined;
    const argument = this.term(type.from, locals, size - 2);
    return argument === undefined ? undefined : term(goal, say`(${name} ${argument})`);
  }

  private application(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const producers = this.producersOf(goal);
    for (let attempt = 0; attempt < 2 && producers.length > 0 && this.effort > 0; attempt++) {
      this.effort--;
      const entry = this.random.pick(producers);
      const bound = match(entry.result, goal) ?? new Map<string, Type>();
      for (const variable of entry.variables)
        if (!bound.has(variable)) bound.set(variable, this.anything(variable));
      const argSize = Math.max(0, Math.floor((size - 1) / Math.max(1, entry.args.length)));
      const args = entry.args.map((arg) => this.term(substitute(arg, bound), locals, argSize));
      if (!allThere(args)) continue;
      return this.applied(goal, entry, args);
    }
    return undefined;
  }

  private applied(goal: Type, entry: Producer, args: readonly Tree[]): Tree {
    // Of a constant alone Lean might not find the type's arguments.
    if (args.length === 0) {
      return term(goal, entry.variables.length === 0 ? ref(entry.name) : say`(${ref(entry.name)} : ${goal})`);
    }
    return term(goal, say`(${join([ref(entry.name), ...args], ' ')})`);
  }

  /** A value for a variable that the goal leaves open. */
  private anything(variable: string): Type {
    return isNatural(variable) ? natural(this.random.below(3)) : this.random.pick([Nat, Bool]);
  }

  private producersOf(goal: Type): Producer[] {
    const key = printType(goal);
    let known = this.producers.get(key);
    if (known === undefined) {
      known = this.scope.all('value').filter((entry) => match(entry.result, goal) !== undefined);
      this.producers.set(key, known);
    }
    return known;
  }

  private branch(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const condition = this.term(Bool, locals, size >> 2);
    const [yes, no] = [this.term(goal, locals, size >> 1), this.term(goal, locals, size >> 1)];
    if (condition === undefined || yes === undefined || no === undefined) return undefined;
    const { hasNotations } = this.scope.vocabulary;
    return term(
      goal,
      hasNotations ? say`(if ${condition} then ${yes} else ${no})` : say`(cond ${condition} ${yes} ${no})`,
    );
  }

  private definition(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const local = { name: `y${this.fresh()}`, type: this.type(2) };
    const value = this.term(local.type, locals, size >> 1);
    const body = this.term(goal, [...locals, local], size >> 1);
    if (value === undefined || body === undefined) return undefined;
    const keyword = this.random.pick(['let', 'have']);
    // Outside of the body the local is not there.
    const inner = binding([local], say`${body}`);
    return term(goal, say`(${keyword} ${local.name} : ${local.type} := ${value}; ${inner})`);
  }

  /** A match on a value of a type whose constructors are known. */
  private caseSplit(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    const candidates = locals.filter((local) => this.splittable(local.type) !== undefined);
    const scrutinee =
      candidates.length > 0 && this.random.chance(0.7)
        ? this.random.pick(candidates)
        : { name: '', type: this.type(2) };
    const constructors = this.splittable(scrutinee.type);
    if (constructors === undefined) return undefined;
    const value =
      scrutinee.name === '' ? this.term(scrutinee.type, locals, size >> 2) : say`${scrutinee.name}`;
    if (value === undefined) return undefined;
    const arms = constructors.map((entry) => {
      const { pattern, fields } = this.pattern(entry, scrutinee.type);
      const body = this.term(goal, [...locals, ...fields], Math.floor(size / (constructors.length + 1)));
      return body === undefined ? undefined : binding(fields, say` | ${pattern} => ${body}`);
    });
    if (!allThere(arms)) return undefined;
    return term(goal, say`(match (${value} : ${scrutinee.type}) with${join(arms, '')})`);
  }

  /** The constructors that values of a type can have; undefined where they are not known, or too many. */
  splittable(type: Type): Producer[] | undefined {
    if (type.kind !== 'named') return undefined;
    const constructors = this.scope.constructorsOf(type.head);
    const free = constructors.every((entry) => match(entry.result, type) !== undefined);
    return constructors.length > 0 && constructors.length <= 4 && free ? constructors : undefined;
  }

  /** `C.mk x y` and the locals that it binds. */
  pattern(entry: Producer, type: Type): { pattern: Tree; fields: Local[] } {
    const bound = match(entry.result, type) ?? new Map<string, Type>();
    const fields = entry.args.map((arg) => ({ name: `z${this.fresh()}`, type: substitute(arg, bound) }));
    return { pattern: join([ref(entry.name), ...fields.map(({ name }) => name)], ' '), fields };
  }

  /** A way that gives the same value back, and that conversion has to see through. */
  private detour(goal: Type, locals: readonly Local[], size: number): Tree | undefined {
    if (this.effort <= 0 || !this.random.chance(detourShare * 4)) return undefined;
    const inner = this.term(goal, locals, size - 2);
    if (inner === undefined) return undefined;
    const plain = [
      say`(id ${inner})`,
      say`(show ${goal} from ${inner})`,
      say`((fun (w : ${goal}) => w) ${inner})`,
    ];
    if (!this.scope.vocabulary.hasNotations) return term(goal, this.random.pick(plain));
    return term(
      goal,
      this.random.pick([
        say`(id ${inner})`,
        say`(PLift.up ${inner}).down`,
        say`(ULift.up.{1} ${inner}).down`,
        say`(cast (rfl : ${goal} = ${goal}) ${inner})`,
        say`(Eq.mp (rfl : ${goal} = ${goal}) ${inner})`,
        say`(show ${goal} from ${inner})`,
        say`(${inner}, ()).1`,
        say`((fun (w : ${goal}) => w) ${inner})`,
        say`(Subtype.val (⟨${inner}, trivial⟩ : { w : ${goal} // True }))`,
      ]),
    );
  }

  /** A constructor without fields, or a pair of such. */
  private smallest(goal: Type, locals: readonly Local[]): Tree | undefined {
    if (goal.kind !== 'named') return undefined;
    if (goal.head === 'Prod') {
      const parts = goal.args.map((arg) => this.term(arg, locals, 0));
      return allThere(parts) ? term(goal, say`(${join(parts, ', ')})`) : undefined;
    }
    const fitting = this.scope
      .constructorsOf(goal.head)
      .filter((entry) => entry.args.length === 0 && match(entry.result, goal) !== undefined);
    return fitting.length === 0 ? undefined : this.applied(goal, this.random.pick(fitting), []);
  }
}

function allThere<T>(items: readonly (T | undefined)[]): items is readonly T[] {
  return !items.includes(undefined);
}
