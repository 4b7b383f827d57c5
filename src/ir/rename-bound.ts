import type { Declaration, Definition } from './declaration.js';
import { binder, constant, letIn, sort, type Expr } from './expr.js';
import { mapLevel } from './map-level.js';
import { param, type Level } from './level.js';
import type { Name } from './name.js';
import { rebuild } from './rebuild.js';
import { mapExpressions } from './rename.js';

/**
 * A declaration with each binder and each level parameter called differently: it means the same. `rename` must give
 * different names for different names. Sharing stays as it is.
 */
export function renameBound(declaration: Declaration, rename: (name: Name) => Name): Declaration {
  const level = (of: Level): Level =>
    mapLevel(of, (leaf) => (leaf.kind === 'param' ? param(rename(leaf.name)) : leaf));
  const renamed = (expr: Expr): Expr => {
    if (expr.kind === 'sort') return sort(level(expr.level));
    if (expr.kind === 'const')
      return expr.levels.length === 0 ? expr : constant(expr.name, expr.levels.map(level));
    return renameBinder(expr, rename);
  };
  return withLevelParams(
    mapExpressions(declaration, (expr) => rebuild(expr, renamed)),
    rename,
  );
}

function renameBinder(expr: Expr, rename: (name: Name) => Name): Expr {
  if (expr.kind === 'let') return letIn(rename(expr.name), expr.type, expr.value, expr.body);
  if (expr.kind !== 'lambda' && expr.kind !== 'pi') return expr;
  return binder(expr.kind, rename(expr.name), expr.type, expr.body, expr.info);
}

function withLevelParams(declaration: Declaration, rename: (name: Name) => Name): Declaration {
  const renamed = <D extends Definition | { levelParams: readonly Name[] }>(of: D): D => ({
    ...of,
    levelParams: of.levelParams.map(rename),
  });
  switch (declaration.kind) {
    case 'quotient':
      return declaration;
    case 'bare quotient':
      return { ...declaration, equality: renamed(declaration.equality) };
    case 'mutual':
      return { ...declaration, definitions: declaration.definitions.map(renamed) };
    default:
      return renamed(declaration);
  }
}
