import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { childrenOf } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import { expressionsOf, mentionedNames } from '../../ir/mentioned.js';
import { child, type Name } from '../../ir/name.js';
import { baseDeclarations } from '../base/declarations.js';

/** Those of Lean's core that some declarations rest on, in order, and the names that can't be said here. */
export function baseNeededBy(declarations: readonly Declaration[]): {
  needed: readonly Declaration[];
  missing: readonly Name[];
} {
  const own = new Set(declarations.flatMap(namesOf));
  const needed = new Set<Declaration>();
  const missing = new Set<Name>();
  const open = declarations.flatMap(allMentioned);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const wanted = name;
    if (own.has(wanted)) continue;
    const declaration = baseDeclarations.find((one) => namesOf(one).includes(wanted));
    if (declaration === undefined) missing.add(wanted);
    else if (!needed.has(declaration)) {
      needed.add(declaration);
      open.push(...allMentioned(declaration));
    }
  }
  return { needed: baseDeclarations.filter((one) => needed.has(one)), missing: [...missing].sort() };
}

/** What it declares, the recursors that the kernel derives included. */
function namesOf(declaration: Declaration): Name[] {
  const recursors =
    declaration.kind === 'inductive' ? declaration.types.map(({ name }) => child(name, 'rec')) : [];
  return [...declaredNames(declaration), ...recursors];
}

function allMentioned(declaration: Declaration): Name[] {
  const names = mentionedNames(declaration);
  expressionsOf(declaration).forEach((expr) => addLiterals(expr, names, new Set()));
  return [...names];
}

/** A literal is a value of a type that it does not mention. */
function addLiterals(expr: Expr, names: Set<Name>, seen: Set<Expr>): void {
  if (seen.has(expr)) return;
  seen.add(expr);
  if (expr.kind === 'nat') names.add('Nat');
  if (expr.kind === 'string') names.add('String');
  childrenOf(expr).forEach((part) => addLiterals(part, names, seen));
}
