import type { ReducibilityHint } from './declaration.js';

/**
 * Builds the decoder's output: trees, or Lean objects in the embedded kernel. The decoder calls each method exactly
 * when all parts of the node are there, children first; `again` marks one more use of a finished expression.
 */
export interface Builder<L, E, D> {
  zero(): L;
  succ(of: L): L;
  max(left: L, right: L): L;
  imax(left: L, right: L): L;
  levelParam(name: string): L;
  levelMvar(name: string): L;

  bvar(index: number): E;
  fvar(name: string): E;
  mvar(name: string): E;
  sort(level: L): E;
  const(name: string, levels: L[]): E;
  app(fn: E, arg: E): E;
  lambda(name: string, info: number, type: E, body: E): E;
  pi(name: string, info: number, type: E, body: E): E;
  let(name: string, type: E, value: E, body: E): E;
  nat(value: bigint): E;
  string(value: string): E;
  proj(structure: string, index: number, of: E): E;
  mdata(of: E): E;
  again(expr: E): E;

  axiom(header: TypedParts<E>, unsafe: boolean): D;
  definition(definition: DefinitionParts<E>): D;
  theorem(header: TypedParts<E>, value: E): D;
  opaque(header: TypedParts<E>, value: E, unsafe: boolean): D;
  quotient(): D;
  mutual(definitions: DefinitionParts<E>[]): D;
  inductive(inductive: InductiveParts<E>): D;
  bareQuotient(equality: InductiveParts<E>): D;
}
export interface TypedParts<E> {
  name: string;
  levelParams: string[];
  type: E;
}
export interface DefinitionParts<E> extends TypedParts<E> {
  hint: ReducibilityHint;
  /** Index into `safeties`. */
  safety: number;
  value: E;
}
export interface InductiveParts<E> {
  levelParams: string[];
  parameters: number;
  unsafe: boolean;
  types: { name: string; type: E; constructors: { name: string; type: E }[] }[];
}
