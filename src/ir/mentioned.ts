import type { Declaration } from './declaration.js';
import { childrenOf } from './expr-ops.js';
import type { Expr } from './expr.js';
import type { Level } from './level.js';
import type { Name } from './name.js';

/** All expressions of a declaration: types and values. */
export function expressionsOf(declaration: Declaration): Expr[] {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
      return [declaration.type, declaration.value];
    case 'axiom':
      return [declaration.type];
    case 'inductive':
      return declaration.types.flatMap((type) => [type.type, ...type.constructors.map((c) => c.type)]);
    case 'mutual':
      return declaration.definitions.flatMap((definition) => [definition.type, definition.value]);
    case 'quotient':
      return [];
  }
}

/** Names of constants and structures that a declaration's expressions mention, its own included. */
export function mentionedNames(declaration: Declaration): Set<Name> {
  const names = new Set<Name>();
  const seen = new Set<Expr>();
  const open = expressionsOf(declaration);
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (e.kind === 'const') names.add(e.name);
    if (e.kind === 'proj') names.add(e.structure);
    const children = childrenOf(e);
    if (children.length === 0 || seen.has(e)) continue;
    seen.add(e);
    open.push(...children);
  }
  return names;
}

/** Level parameters that a declaration's expressions mention. */
export function mentionedLevelParams(declaration: Declaration): Set<Name> {
  const names = new Set<Name>();
  const seen = new Set<Expr>();
  const open = expressionsOf(declaration);
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind === 'sort') addParams(names, e.level);
    if (e.kind === 'const') e.levels.forEach((level) => addParams(names, level));
    open.push(...childrenOf(e));
  }
  return names;
}

function addParams(names: Set<Name>, level: Level): void {
  switch (level.kind) {
    case 'param':
      names.add(level.name);
      return;
    case 'succ':
      return addParams(names, level.of);
    case 'max':
    case 'imax':
      addParams(names, level.left);
      return addParams(names, level.right);
    default:
  }
}
