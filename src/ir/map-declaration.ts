import type { Declaration } from './declaration.js';
import type { Expr } from './expr.js';

/** A declaration with each of its expressions (types and values) replaced. */
export function mapExpressions(declaration: Declaration, map: (expr: Expr) => Expr): Declaration {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
      return { ...declaration, type: map(declaration.type), value: map(declaration.value) };
    case 'axiom':
      return { ...declaration, type: map(declaration.type) };
    case 'inductive':
      return {
        ...declaration,
        types: declaration.types.map((type) => ({
          ...type,
          type: map(type.type),
          constructors: type.constructors.map((c) => ({ ...c, type: map(c.type) })),
        })),
      };
    case 'mutual':
      return {
        ...declaration,
        definitions: declaration.definitions.map((d) => ({ ...d, type: map(d.type), value: map(d.value) })),
      };
    case 'quotient':
      return declaration;
  }
}
