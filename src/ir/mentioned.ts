import type { Declaration } from './declaration.js';
import { childrenOf } from './expr-ops.js';
import type { Expr } from './expr.js';
import { someLevel } from './level-fold.js';
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
    case 'bare quotient':
      return []; // what a bare one says is of another environment
  }
}

/** Nodes above this size are walked once, however often they are shared; to remember smaller ones costs more than that. */
const rememberedSize = 24;

/** Names of constants and structures that a declaration's expressions mention, its own included. */
export function mentionedNames(declaration: Declaration): Set<Name> {
  const names = new Set<Name>();
  someNode(expressionsOf(declaration), (e) => {
    if (e.kind === 'const') names.add(e.name);
    else if (e.kind === 'proj') names.add(e.structure);
    return false;
  });
  return names;
}

/** Whether an expression mentions a constant or structure. */
export function mentions(expr: Expr, name: Name): boolean {
  return someNode(
    [expr],
    (e) => (e.kind === 'const' && e.name === name) || (e.kind === 'proj' && e.structure === name),
  );
}

/** Whether `test` holds of a node of some expressions; large ones that are shared are not looked at again and again. */
function someNode(open: Expr[], test: (expr: Expr) => boolean): boolean {
  let seen: Set<Expr> | undefined;
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (test(e)) return true;
    if (e.size >= rememberedSize) {
      if (seen?.has(e) === true) continue;
      (seen ??= new Set()).add(e);
    }
    switch (e.kind) {
      case 'app':
        open.push(e.fn, e.arg);
        break;
      case 'lambda':
      case 'pi':
        open.push(e.type, e.body);
        break;
      case 'let':
        open.push(e.type, e.value, e.body);
        break;
      case 'proj':
      case 'mdata':
        open.push(e.of);
        break;
      default: // a leaf
    }
  }
  return false;
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

/** Adds the parameters that a level mentions. */
function addParams(names: Set<Name>, level: Level): void {
  someLevel(level, (part) => {
    if (part.kind === 'param') names.add(part.name);
    return false;
  });
}
