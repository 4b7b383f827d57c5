import type { Random } from '../../util/random.js';
import type { Entry, Scope } from './scope.js';
import {
  arrow,
  Bool,
  headsOf,
  match,
  named,
  Nat,
  printType,
  sameType,
  substitute,
  type Type,
} from './types.js';

/** A local variable in scope of a term. */
export interface Local {
  readonly name: string;
  readonly type: Type;
}

type Producer = Extract<Entry, { role: 'value' }>;

/** Generates types and terms of a wanted type, by choosing among what can produce it. */
export class TermGenerator {
  private fresh = 0;
  /** Applications that may still be tried: backtracking must end, and a unit stay small. */
  private effort = 60;
  private readonly producers = new Map<string, Producer[]>();

  constructor(
    readonly random: Random,
    readonly scope: Scope,
  ) {}

  /** A type of at most `size` formers; `variables` are the type variables that it may mention. */
  type(size: number, variables: readonly Type[] = []): Type {
    if (variables.length > 0 && this.random.chance(0.3)) return this.random.pick(variables);
    if (size > 2 && this.random.chance(0.2))
      return arrow(this.type(size >> 1, variables), this.type(size >> 1, variables));
    const types = this.scope.all('type').filter((entry) => size > 1 || entry.parameters === 0);
    // Later ones more often: a candidate should build on itself.
    const entry = types[Math.max(this.random.below(types.length), this.random.below(types.length))] ?? {
      name: 'Nat',
      parameters: 0,
    };
    this.scope.use(entry.name);
    const args = Array.from({ length: entry.parameters }, () => this.type((size - 1) >> 1, variables));
    return named(entry.name, ...args);
  }

  /** A term of a type, or undefined where none was found within `size`. */
  term(goal: Type, locals: readonly Local[], size: number): string | undefined {
    const fitting = locals.filter((local) => sameType(local.type, goal));
    if (fitting.length > 0 && this.random.chance(size <= 1 ? 0.9 : 0.4))
      return this.random.pick(fitting).name;
    if (goal.kind === 'arrow') return this.lambda(goal, locals, size);
    if (size > 1) {
      const applied = this.application(goal, locals, size);
      if (applied !== undefined) return applied;
    }
    return this.leaf(goal, size) ?? (fitting.length > 0 ? this.random.pick(fitting).name : undefined);
  }

  private lambda(goal: Type & { kind: 'arrow' }, locals: readonly Local[], size: number): string | undefined {
    const name = `x${this.fresh++}`;
    const body = this.term(goal.to, [...locals, { name, type: goal.from }], size - 1);
    return body === undefined ? undefined : `(fun (${name} : ${printType(goal.from)}) => ${body})`;
  }

  private application(goal: Type, locals: readonly Local[], size: number): string | undefined {
    const producers = this.producersOf(goal);
    for (let attempt = 0; attempt < 2 && producers.length > 0 && this.effort > 0; attempt++) {
      this.effort--;
      const entry = this.random.pick(producers);
      const bound = match(entry.result, goal) ?? new Map<string, Type>();
      for (const variable of entry.variables)
        if (!bound.has(variable)) bound.set(variable, this.random.pick([Nat, Bool]));
      const argSize = Math.max(0, Math.floor((size - 1) / Math.max(1, entry.args.length)));
      const args = entry.args.map((arg) => this.term(substitute(arg, bound), locals, argSize));
      if (args.includes(undefined)) continue;
      this.scope.use(entry.name);
      return args.length === 0 ? entry.name : `(${[entry.name, ...args].join(' ')})`;
    }
    return undefined;
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

  /** A literal or a constructor without much below it. */
  private leaf(goal: Type, size: number): string | undefined {
    if (goal.kind !== 'named') return undefined;
    switch (goal.head) {
      case 'Nat':
        return String(this.random.pick(corners));
      case 'Bool':
        return this.random.pick(['true', 'false']);
      case 'Unit':
        return '()';
      case 'String':
        return this.random.pick(['""', '"a"', '"∀\\n"']);
      case 'List':
        return `([] : ${printType(goal)})`;
      case 'Option':
        return `(none : ${printType(goal)})`;
      case 'Prod': {
        const parts = goal.args.map((arg) => this.term(arg, [], size - 1));
        return parts.includes(undefined) ? undefined : `(${parts.join(', ')})`;
      }
      default:
        return this.constructorLeaf(goal);
    }
  }

  private constructorLeaf(goal: Type): string | undefined {
    const constructors = this.scope
      .all('value')
      .filter((entry) => entry.constructor && entry.args.length === 0);
    const fitting = constructors.filter((entry) => match(entry.result, goal) !== undefined);
    if (fitting.length === 0) return undefined;
    const { name } = this.random.pick(fitting);
    this.scope.use(name);
    return `(${name} : ${printType(goal)})`;
  }

  /** Notes the heads of a type as used. */
  mention(type: Type): Type {
    for (const head of headsOf(type)) this.scope.use(head);
    return type;
  }
}

/** Natural numbers at which representations change. */
const corners = [
  0,
  1,
  2,
  3,
  5,
  255,
  256,
  65535,
  4294967295,
  4294967296,
  '9223372036854775808',
  '18446744073709551616',
];
