import { baseDeclarations } from '../../kernel/base/declarations.js';
import { declaredNames } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';

/** Functions on natural numbers that kernels compute by name, whatever they are declared as. */
const computed = [
  ...['succ', 'add', 'sub', 'mul', 'div', 'mod', 'gcd', 'beq', 'ble'],
  ...['land', 'lor', 'xor', 'pow', 'shiftLeft', 'shiftRight', 'log2'],
].map((name) => `Nat.${name}`);

/** Types and constructors of literals; `String.mk` in older releases. */
const ofLiterals = ['Nat', 'Nat.zero', 'String', 'String.ofList', 'String.mk', 'Char', 'Char.ofNat'];

/** Constants that make kernels run compiled code (until 4.34), or compare otherwise. */
const ofEvaluation = [
  'Lean.reduceBool',
  'Lean.reduceNat',
  'Lean.trustCompiler',
  'Lean.ofReduceBool',
  'eagerReduce',
];

/**
 * Names that a kernel gives a meaning to although nothing declares them in the base environment. Declared otherwise by
 * a candidate, they would make False of a kernel without a bug.
 */
export function reservedNames(): Name[] {
  const taken = new Set(baseDeclarations.flatMap(declaredNames));
  const special = [
    ...computed,
    ...ofLiterals,
    'List',
    'List.nil',
    'List.cons',
    'Bool',
    'Bool.true',
    'Bool.false',
  ];
  return [...special, ...ofEvaluation].filter((name) => !taken.has(name));
}
