import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { childrenOf } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import { expressionsOf, mentionedNames } from '../../ir/mentioned.js';
import { child, nameParts, type Name } from '../../ir/name.js';
import { baseDeclarations } from '../base/declarations.js';

/**
 * Those of the base declarations that some declarations rest on, in order, and the names that neither declares. A name
 * that they declare themselves is theirs, unless they mention it before.
 */
export function baseNeededBy(declarations: readonly Declaration[]): {
  needed: readonly Declaration[];
  missing: readonly Name[];
} {
  const needed = new Set<Declaration>();
  const missing = new Set<Name>();
  const open: Name[] = [];
  const own = new Set<Name>();
  for (const declaration of declarations) {
    const names = namesOf(declaration);
    const itself = new Set(names);
    for (const name of neededNames(declaration)) {
      const owner = inductiveOfRecursor(name);
      if (![name, owner].some((one) => own.has(one) || itself.has(one))) open.push(name);
    }
    names.forEach((name) => own.add(name));
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declaration = baseByName().get(name);
    if (declaration === undefined) missing.add(name);
    else if (!needed.has(declaration)) {
      needed.add(declaration);
      open.push(...neededNames(declaration));
    }
  }
  return {
    needed: baseDeclarations.filter((one) => needed.has(one)),
    missing: [...missing].sort(),
  };
}

let byName: ReadonlyMap<Name, Declaration> | undefined;

/** Made when the first export asks for it. */
function baseByName(): ReadonlyMap<Name, Declaration> {
  byName ??= new Map(baseDeclarations.flatMap((one) => namesOf(one).map((name) => [name, one] as const)));
  return byName;
}

/** Names of the constants that it declares, the recursors of its own types included. */
function namesOf(declaration: Declaration): Name[] {
  const recursors =
    declaration.kind === 'inductive' ? declaration.types.map(({ name }) => child(name, 'rec')) : [];
  return [...declaredNames(declaration), ...recursors];
}

/** The type whose nested occurrences have a recursor of this name: `T` of `T.rec_1`. */
function inductiveOfRecursor(name: Name): Name {
  const last = nameParts(name).at(-1);
  return typeof last === 'string' && /^rec_\d+$/.test(last) ? name.slice(0, -last.length - 1) : name;
}

/** Names that a declaration needs: in its terms, for its literals, and those that the kernel looks up by name. */
export function neededNames(declaration: Declaration): Name[] {
  const names = mentionedNames(declaration);
  const seen = new Set<Expr>();
  expressionsOf(declaration).forEach((expr) => addLiterals(expr, names, seen));
  if (declaration.kind === 'quotient') names.add('Eq');
  return [...names];
}

/** A literal is a value of a type that it does not mention; a string is made of characters besides. */
function addLiterals(root: Expr, names: Set<Name>, seen: Set<Expr>): void {
  const open = [root];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.kind === 'nat') names.add('Nat');
    if (expr.kind === 'string')
      ['String', 'String.ofList', 'List', 'Char.ofNat'].forEach((name) => names.add(name));
    open.push(...childrenOf(expr));
  }
}
