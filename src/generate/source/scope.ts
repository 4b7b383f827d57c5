import { arrow, Bool, named, Nat, variable, type Type } from './types.js';

/** Something that a declaration brings into scope, as the generator remembers it. */
export type Entry =
  /** A type former with `parameters` type arguments; `inhabited` where a closed value of it can be built. */
  | { readonly role: 'type'; readonly name: string; readonly parameters: number; readonly inhabited: boolean }
  /** A value of a type in which `variables` may be anything. */
  | {
      readonly role: 'value';
      readonly name: string;
      readonly variables: readonly string[];
      readonly args: readonly Type[];
      readonly result: Type;
      readonly constructor: boolean;
    }
  /** A proof of a closed statement. */
  | { readonly role: 'proof'; readonly name: string; readonly statement: string }
  /** A class with one type parameter and one operation `α → α`. */
  | { readonly role: 'class'; readonly name: string; readonly operation: string };

/** What is in scope while a candidate grows: Lean's core, then what its units declared. */
export class Scope {
  private readonly entries: Entry[];
  /** Names of other units that were used since the last `forget`. */
  private used = new Set<string>();

  constructor(declared: readonly Entry[]) {
    this.entries = [...core, ...declared];
  }

  add(entries: readonly Entry[]): void {
    this.entries.push(...entries);
  }

  all<R extends Entry['role']>(role: R): Extract<Entry, { role: R }>[] {
    return this.entries.filter((entry): entry is Extract<Entry, { role: R }> => entry.role === role);
  }

  /** Notes that the unit in the making mentions a name. */
  use(name: string): string {
    this.used.add(name);
    return name;
  }

  /** The names used since the last call. */
  takeUsed(): string[] {
    const names = [...this.used].filter((name) => !coreNames.has(name));
    this.used = new Set();
    return names;
  }
}

const a = variable('α');
const b = variable('β');

function value(name: string, args: readonly Type[], result: Type, variables: readonly string[] = []): Entry {
  return { role: 'value', name, args, result, variables, constructor: false };
}

/** A small piece of Lean's core; literals and constructors of these types are the term generator's. */
const core: readonly Entry[] = [
  { role: 'type', name: 'Nat', parameters: 0, inhabited: true },
  { role: 'type', name: 'Bool', parameters: 0, inhabited: true },
  { role: 'type', name: 'Unit', parameters: 0, inhabited: true },
  { role: 'type', name: 'String', parameters: 0, inhabited: true },
  { role: 'type', name: 'List', parameters: 1, inhabited: true },
  { role: 'type', name: 'Option', parameters: 1, inhabited: true },
  { role: 'type', name: 'Prod', parameters: 2, inhabited: false },
  { role: 'type', name: 'Empty', parameters: 0, inhabited: false },
  value('Nat.succ', [Nat], Nat),
  value('Nat.add', [Nat, Nat], Nat),
  value('Nat.mul', [Nat, Nat], Nat),
  value('Nat.sub', [Nat, Nat], Nat),
  value('Nat.ble', [Nat, Nat], Bool),
  value('Nat.beq', [Nat, Nat], Bool),
  value('not', [Bool], Bool),
  value('and', [Bool, Bool], Bool),
  value('String.length', [named('String')], Nat),
  // Functions whose compiled form is another one (csimp: map, append, length) can't be compiled by this Lean.
  value('List.isEmpty', [named('List', a)], Bool, ['α']),
  value('List.tail', [named('List', a)], named('List', a), ['α']),
  value('List.head?', [named('List', a)], named('Option', a), ['α']),
  value('Option.map', [arrow(a, b), named('Option', a)], named('Option', b), ['α', 'β']),
  value('Prod.fst', [named('Prod', a, b)], a, ['α', 'β']),
  value('Option.isSome', [named('Option', a)], Bool, ['α']),
];
const coreNames = new Set(core.map((entry) => entry.name));
