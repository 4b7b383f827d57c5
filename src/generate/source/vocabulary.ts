/** The words that candidates may be written with, on the library that a Lean has. */
export interface Vocabulary {
  /** Kinds of units that make sense; undefined is all. */
  readonly kinds: ReadonlySet<string> | undefined;
  /** Whether there are notations such as `=` and `if`, and tactics. */
  readonly hasNotations: boolean;
  /** Whether a constant of Lean's core that the generator knows is there. */
  knows(name: string): boolean;
}

/** Lean's own Init. */
export const initVocabulary: Vocabulary = { kinds: undefined, hasNotations: true, knows: () => true };

/** Types and functions of our core library. */
const coreNames = new Set([
  ...[
    'Nat',
    'Nat.zero',
    'Nat.succ',
    'Nat.add',
    'Nat.mul',
    'Nat.sub',
    'Nat.mod',
    'Nat.gcd',
    'Nat.ble',
    'Nat.beq',
  ],
  ...['Bool', 'Bool.true', 'Bool.false', 'Unit', 'Empty'],
  ...['List', 'List.nil', 'List.cons', 'Option', 'Option.none', 'Option.some', 'Prod', 'Prod.mk'],
]);

/** Our core library: no notation, no tactic. */
export const coreVocabulary: Vocabulary = {
  kinds: new Set([
    ...['def', 'opaque', 'irreducible', 'kernel-term'],
    ...['inductive', 'indexed', 'predicate', 'structure', 'extends', 'polymorphic', 'sorted'],
    ...['mutual', 'mutual-family', 'nested', 'function', 'fold'],
    ...['class', 'instance', 'conditional-instance'],
  ]),
  hasNotations: false,
  knows: (name) => coreNames.has(name),
};
