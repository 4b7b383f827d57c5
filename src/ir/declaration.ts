import type { Expr } from './expr.js';
import type { Name } from './name.js';

/** When the kernel unfolds a definition: never by itself, always first, or by height (0..). */
export type ReducibilityHint = 'opaque' | 'abbreviation' | number;
export type Safety = 'unsafe' | 'safe' | 'partial';
export const safeties: readonly Safety[] = ['unsafe', 'safe', 'partial'];

export interface Typed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

export type Definition = Typed & {
  readonly kind: 'definition';
  readonly value: Expr;
  readonly hint: ReducibilityHint;
  readonly safety: Safety;
};
export type Theorem = Typed & { readonly kind: 'theorem'; readonly value: Expr };
export type Opaque = Typed & { readonly kind: 'opaque'; readonly value: Expr; readonly unsafe: boolean };

export interface Constructor {
  readonly name: Name;
  readonly type: Expr;
}
export interface InductiveType {
  readonly name: Name;
  readonly type: Expr;
  readonly constructors: readonly Constructor[];
}
/** One inductive type, or several at once (mutual); nested occurrences are the kernel's to find. */
export interface Inductive {
  readonly kind: 'inductive';
  readonly levelParams: readonly Name[];
  /** How many leading binders of each type are parameters. */
  readonly parameters: number;
  readonly types: readonly InductiveType[];
  readonly unsafe: boolean;
}
/** Definitions that may refer to each other; the kernel takes only unsafe and partial ones. */
export interface MutualDefinitions {
  readonly kind: 'mutual';
  readonly definitions: readonly Definition[];
}
export interface Quotient {
  readonly kind: 'quotient';
}
/**
 * Quotients in an environment that holds nothing but this inductive type, the Eq that they need. That environment is
 * thrown away with the answer: nothing is declared.
 */
export interface BareQuotient {
  readonly kind: 'bare quotient';
  readonly equality: Inductive;
}
/** A constant of which nothing but its type is known: whatever rests on one proves nothing. */
export type Axiom = Typed & { readonly kind: 'axiom'; readonly unsafe: boolean };

export type Declaration =
  (Definition | Theorem | Opaque | Axiom) | (Inductive | MutualDefinitions) | (Quotient | BareQuotient);

/** The names that a declaration adds, without what the kernel derives (recursors). */
export function declaredNames(declaration: Declaration): Name[] {
  switch (declaration.kind) {
    case 'inductive':
      return declaration.types.flatMap((type) => [type.name, ...type.constructors.map((c) => c.name)]);
    case 'mutual':
      return declaration.definitions.map((definition) => definition.name);
    case 'quotient':
      return ['Quot', 'Quot.mk', 'Quot.lift', 'Quot.ind'];
    case 'bare quotient':
      return [];
    default:
      return [declaration.name];
  }
}
