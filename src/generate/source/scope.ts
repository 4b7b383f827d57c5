import type { Entry, EntryOf } from '../../ir/source/entry.js';
import { arrow, Bool, named, Nat, variable, type Type } from '../../ir/source/types.js';
import { initVocabulary, type Vocabulary } from './vocabulary.js';

/** Entries in scope while a candidate grows: Lean's core, then those that its units declared. */
export class Scope {
  private readonly entries: readonly Entry[];
  private readonly builtIn: number;

  constructor(
    declared: readonly Entry[],
    readonly vocabulary: Vocabulary = initVocabulary,
  ) {
    const known = core.filter((entry) => !('name' in entry) || vocabulary.knows(entry.name));
    this.builtIn = known.length;
    this.entries = [...known, ...declared];
  }

  all<R extends Entry['role']>(role: R): EntryOf<R>[] {
    return this.entries.filter((entry): entry is EntryOf<R> => entry.role === role);
  }

  /** Entries of a role that the candidate declares itself. */
  own<R extends Entry['role']>(role: R): EntryOf<R>[] {
    return this.entries.slice(this.builtIn).filter((entry): entry is EntryOf<R> => entry.role === role);
  }

  /** The constructors of a type former; empty where they are not known. */
  constructorsOf(head: string): EntryOf<'value'>[] {
    return this.all('value').filter(
      ({ constructor, result }) => constructor && result.kind === 'named' && result.head === head,
    );
  }
}

const a = variable('α');
const b = variable('β');

function value(name: string, args: readonly Type[], result: Type, variables: readonly string[] = []): Entry {
  return { role: 'value', name, args, result, variables, constructor: false };
}

function constructor(
  name: string,
  args: readonly Type[],
  result: Type,
  variables: readonly string[] = [],
): Entry {
  return { role: 'value', name, args, result, variables, constructor: true };
}

function type(name: string, parameters = 0, inhabited = true): Entry {
  return { role: 'type', name, parameters, indices: 0, inhabited };
}

const Text = named('String');
const Letter = named('Char');
const [List, Option, Prod] = [named('List', a), named('Option', a), named('Prod', a, b)];
const words = ['UInt8', 'UInt16', 'UInt32', 'UInt64'];

/** A small piece of Lean's core; literals of these types are the term generator's. */
const core: readonly Entry[] = [
  ...['Nat', 'Bool', 'Unit', 'String', 'Char', 'Int', ...words].map((name) => type(name)),
  type('List', 1),
  type('Option', 1),
  type('Prod', 2, false),
  type('Empty', 0, false),
  constructor('Nat.zero', [], Nat),
  constructor('Nat.succ', [Nat], Nat),
  constructor('Bool.true', [], Bool),
  constructor('Bool.false', [], Bool),
  constructor('List.nil', [], List, ['α']),
  constructor('List.cons', [a, List], List, ['α']),
  constructor('Option.none', [], Option, ['α']),
  constructor('Option.some', [a], Option, ['α']),
  constructor('Prod.mk', [a, b], Prod, ['α', 'β']),
  value('Nat.add', [Nat, Nat], Nat),
  value('Nat.mul', [Nat, Nat], Nat),
  value('Nat.sub', [Nat, Nat], Nat),
  value('Nat.mod', [Nat, Nat], Nat),
  value('Nat.gcd', [Nat, Nat], Nat),
  value('Nat.ble', [Nat, Nat], Bool),
  value('Nat.beq', [Nat, Nat], Bool),
  value('not', [Bool], Bool),
  value('and', [Bool, Bool], Bool),
  value('xor', [Bool, Bool], Bool),
  value('String.length', [Text], Nat),
  value('String.append', [Text, Text], Text),
  value('Char.toNat', [Letter], Nat),
  value('Char.isDigit', [Letter], Bool),
  value('Int.ofNat', [Nat], named('Int')),
  value('Int.toNat', [named('Int')], Nat),
  value('Int.sub', [named('Int'), named('Int')], named('Int')),
  ...words.flatMap((word) => [
    value(`${word}.add`, [named(word), named(word)], named(word)),
    value(`${word}.toNat`, [named(word)], Nat),
    value(`${word}.ofNat`, [Nat], named(word)),
  ]),
  // Functions whose compiled form is another one (csimp: map, append, length, isEmpty, head?) can't be compiled by
  // this Lean.
  value('List.tail', [List], List, ['α']),
  value('Option.map', [arrow(a, b), Option], named('Option', b), ['α', 'β']),
  value('Prod.fst', [Prod], a, ['α', 'β']),
  value('Prod.snd', [Prod], b, ['α', 'β']),
  value('Option.isSome', [Option], Bool, ['α']),
];
