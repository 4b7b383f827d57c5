import type { Declaration, Definition } from './declaration.js';
import { mapNode } from './expr-ops.js';
import { binder, constant, letIn, sort, type Expr } from './expr.js';
import { param, substituteLevel, type Level } from './level.js';
import type { Name } from './name.js';
import { mapExpressions } from './rename.js';

/**
 * A declaration with each binder and each level parameter called differently: it means the same. `rename` must give
 * different names for different names. Sharing stays as it is.
 */
export function renameBound(declaration: Declaration, rename: (name: Name) => Name): Declaration {
  const memo = new Map<Expr, Expr>();
  const levels = new Map<Name, Level>();
  const level = (of: Level): Level => {
    forEachParam(of, (name) => levels.set(name, param(rename(name))));
    return substituteLevel(of, levels);
  };
  const go = (expr: Expr): Expr => {
    if (expr.kind === 'sort') return sort(level(expr.level));
    if (expr.kind === 'const')
      return expr.levels.length === 0 ? expr : constant(expr.name, expr.levels.map(level));
    const known = memo.get(expr);
    if (known !== undefined) return known;
    const result = renameBinder(mapNode(expr, go), rename);
    memo.set(expr, result);
    return result;
  };
  return withLevelParams(mapExpressions(declaration, go), rename);
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
    case 'mutual':
      return { ...declaration, definitions: declaration.definitions.map(renamed) };
    default:
      return renamed(declaration);
  }
}

function forEachParam(level: Level, visit: (name: Name) => void): void {
  switch (level.kind) {
    case 'zero':
    case 'mvar':
      return;
    case 'succ':
      return forEachParam(level.of, visit);
    case 'max':
    case 'imax':
      forEachParam(level.left, visit);
      return forEachParam(level.right, visit);
    case 'param':
      return visit(level.name);
  }
}
