import type { Type } from './types.js';

/** Something that a declaration brings into scope, as the generator remembers it. */
export type Entry =
  /**
   * A type former with `parameters` type arguments and then `indices` natural numbers; `inhabited` where a closed
   * value of it can be built.
   */
  | {
      readonly role: 'type';
      readonly name: string;
      readonly parameters: number;
      readonly indices: number;
      readonly inhabited: boolean;
    }
  /** A value of a type in which `variables` may be anything: Greek ones types, Latin ones natural numbers. */
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
  /** An equation that holds by what a function's definition says, with the proofs that should show it. */
  | {
      readonly role: 'equation';
      readonly function: string;
      readonly statement: string;
      readonly uses: readonly string[];
      readonly proofs: readonly string[];
    }
  /** A class with one type parameter and one operation `α → α`. */
  | { readonly role: 'class'; readonly name: string; readonly operation: string }
  /** A type for which a class has an instance. */
  | { readonly role: 'instance'; readonly className: string; readonly type: Type };

/** An entry of a role. */
export type EntryOf<R extends Entry['role']> = Extract<Entry, { role: R }>;
