import { declaredNames, type Declaration, type Definition } from '../../ir/declaration.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { arithmetic } from './arithmetic.js';
import { inductives } from './inductives.js';
import { logic } from './logic.js';
import { numerals } from './numerals.js';
import { order } from './order.js';
import { text } from './text.js';

/**
 * The base environment, with bodies, each declaration behind what it needs: what a native kernel is told to declare
 * before anything else, what our own kernel knows, and what an export takes along. Names that Lean's Init has too have
 * the types that they have there.
 */
export const baseDeclarations: readonly Declaration[] = withHeights([
  ...inductives,
  ...logic,
  ...arithmetic,
  ...order,
  ...numerals,
  ...text,
]);

/**
 * Constants that Init defines otherwise, or whose bodies the oleans of the embedded Lean lack: closed terms compute
 * to the same, but what is stuck on a variable is not the same. `String` has fields of its own there.
 */
export const otherwiseInInit: ReadonlySet<Name> = new Set([
  ...arithmetic.flatMap(declaredNames),
  ...['Char.ofNat', 'String', 'String.ofList', 'String.toList', 'String.rec'],
]);

/** Definitions get the height that Lean would give them: one more than what they are said with. */
function withHeights(declarations: readonly Declaration[]): Declaration[] {
  const heights = new Map<Name, number>();
  return declarations.map((declaration) => {
    if (declaration.kind !== 'definition') return declaration;
    const below = [...mentionedNames(declaration)].map((name) => heights.get(name) ?? 0);
    const hint = 1 + Math.max(0, ...below);
    heights.set(declaration.name, hint);
    return { ...declaration, hint } satisfies Definition;
  });
}
