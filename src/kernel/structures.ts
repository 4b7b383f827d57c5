/** Types with one constructor, no indices and no recursion: their values equal the constructor of their projections. */
import { app, constant, proj, type Expr, type ExprOf } from '../ir/expr.js';
import type { Name } from '../ir/name.js';
import type { Typing } from './typing.js';

export interface StructureShape {
  readonly constructor: string;
  readonly parameters: number;
  readonly fields: number;
}

/** The shape of such a type; undefined for others. */
export function structureOf(t: Typing, name: Name): StructureShape | undefined {
  const details = t.environment.find(name)?.details;
  if (details?.kind !== 'inductive' || details.indices !== 0 || details.recursive) return undefined;
  const [constructor, second] = details.constructors;
  if (constructor === undefined || second !== undefined) return undefined;
  const made = t.environment.find(constructor)?.details;
  if (made?.kind !== 'constructor') return undefined;
  return { constructor, parameters: made.parameters, fields: made.fields };
}

/** The constructor applied to the projections of a value. */
export function expandStructure(
  structure: StructureShape,
  head: ExprOf<'const'>,
  typeArgs: readonly Expr[],
  name: Name,
  value: Expr,
): Expr {
  const fields = Array.from({ length: structure.fields }, (_, index) => proj(name, index, value));
  return app(
    constant(structure.constructor, head.levels),
    ...typeArgs.slice(0, structure.parameters),
    ...fields,
  );
}
