import { declaredNames, type Declaration, type Definition, type Inductive } from './declaration.js';
import { constant, proj, type Expr } from './expr.js';
import { expressionsOf, mentions } from './mentioned.js';
import type { Name } from './name.js';
import { rebuild } from './rebuild.js';

/** An expression with constants and structure names replaced. */
export function renameConstants(expr: Expr, names: ReadonlyMap<Name, Name>): Expr {
  return rebuild(expr, (e) => {
    if (e.kind === 'const') {
      const name = names.get(e.name);
      return name === undefined ? e : constant(name, e.levels);
    }
    const structure = e.kind === 'proj' ? names.get(e.structure) : undefined;
    return e.kind === 'proj' && structure !== undefined ? proj(structure, e.index, e.of) : e;
  });
}

/** A declaration with each of its expressions replaced. */
export function mapExpressions(declaration: Declaration, change: (expr: Expr) => Expr): Declaration {
  switch (declaration.kind) {
    case 'definition':
      return mapDefinition(declaration, change);
    case 'theorem':
    case 'opaque':
      return { ...declaration, type: change(declaration.type), value: change(declaration.value) };
    case 'axiom':
      return { ...declaration, type: change(declaration.type) };
    case 'inductive':
      return mapInductive(declaration, change);
    case 'bare quotient':
      return { ...declaration, equality: mapInductive(declaration.equality, change) };
    case 'mutual':
      return {
        ...declaration,
        definitions: declaration.definitions.map((definition) => mapDefinition(definition, change)),
      };
    case 'quotient':
      return declaration;
  }
}

function mapDefinition(definition: Definition, change: (expr: Expr) => Expr): Definition {
  return { ...definition, type: change(definition.type), value: change(definition.value) };
}

function mapInductive(inductive: Inductive, change: (expr: Expr) => Expr): Inductive {
  const types = inductive.types.map((type) => ({
    ...type,
    type: change(type.type),
    constructors: type.constructors.map((c) => ({ ...c, type: change(c.type) })),
  }));
  return { ...inductive, types };
}

/** A declaration with names replaced, those that it declares included. */
export function renameDeclaration(declaration: Declaration, names: ReadonlyMap<Name, Name>): Declaration {
  const renamed = (name: Name): Name => names.get(name) ?? name;
  const mapped = mapExpressions(declaration, (expr) => renameConstants(expr, names));
  switch (mapped.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
    case 'axiom':
      return { ...mapped, name: renamed(mapped.name) };
    case 'inductive':
      return {
        ...mapped,
        types: mapped.types.map((type) => ({
          ...type,
          name: renamed(type.name),
          constructors: type.constructors.map((c) => ({ ...c, name: renamed(c.name) })),
        })),
      };
    case 'mutual':
      return {
        ...mapped,
        definitions: mapped.definitions.map((definition) => ({
          ...definition,
          name: renamed(definition.name),
        })),
      };
    case 'quotient':
    case 'bare quotient':
      return mapped;
  }
}

/** The declaration with every name that it declares prefixed, so that it can stand beside itself. */
export function withPrefix(declaration: Declaration, prefix: string): Declaration {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
    case 'axiom': {
      // Hardly one speaks of itself.
      const { name } = declaration;
      if (!expressionsOf(declaration).some((expr) => mentions(expr, name)))
        return { ...declaration, name: `${prefix}${name}` };
      break;
    }
    default:
  }
  return renameDeclaration(
    declaration,
    new Map(declaredNames(declaration).map((name) => [name, `${prefix}${name}`])),
  );
}
