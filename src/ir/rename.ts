import { declaredNames, type Declaration } from './declaration.js';
import { mapNode } from './expr-ops.js';
import { constant, proj, type Expr } from './expr.js';
import type { Name } from './name.js';

/** An expression with constants and structure names replaced. */
export function renameConstants(expr: Expr, names: ReadonlyMap<Name, Name>): Expr {
  const memo = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    if (e.kind === 'const') {
      const name = names.get(e.name);
      return name === undefined ? e : constant(name, e.levels);
    }
    const known = memo.get(e);
    if (known !== undefined) return known;
    const mapped = mapNode(e, go);
    const structure = mapped.kind === 'proj' ? names.get(mapped.structure) : undefined;
    const result =
      mapped.kind === 'proj' && structure !== undefined ? proj(structure, mapped.index, mapped.of) : mapped;
    memo.set(e, result);
    return result;
  };
  return go(expr);
}

/** A declaration with names replaced, those that it declares included. */
export function renameDeclaration(declaration: Declaration, names: ReadonlyMap<Name, Name>): Declaration {
  const renamed = (name: Name): Name => names.get(name) ?? name;
  const go = (expr: Expr): Expr => renameConstants(expr, names);
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
      return {
        ...declaration,
        name: renamed(declaration.name),
        type: go(declaration.type),
        value: go(declaration.value),
      };
    case 'axiom':
      return { ...declaration, name: renamed(declaration.name), type: go(declaration.type) };
    case 'inductive':
      return {
        ...declaration,
        types: declaration.types.map((type) => ({
          name: renamed(type.name),
          type: go(type.type),
          constructors: type.constructors.map((c) => ({ name: renamed(c.name), type: go(c.type) })),
        })),
      };
    case 'mutual':
    case 'quotient':
      return declaration;
  }
}

/** The declaration with every name that it declares prefixed, so that it can stand beside itself. */
export function withPrefix(declaration: Declaration, prefix: string): Declaration {
  return renameDeclaration(
    declaration,
    new Map(declaredNames(declaration).map((name) => [name, `${prefix}${name}`])),
  );
}
