import { mapNode } from './expr-ops.js';
import { constant, hasLevelParam, sort, type Expr } from './expr.js';
import { substituteLevel, type Level } from './level.js';
import type { Name } from './name.js';

/** An expression with its level parameters replaced, in order. */
export function instantiateLevels(expr: Expr, params: readonly Name[], levels: readonly Level[]): Expr {
  if (params.length === 0 || (expr.has & hasLevelParam) === 0) return expr;
  const replace = new Map(params.map((name, i) => [name, levels[i] ?? { kind: 'zero' as const }]));
  const memo = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    if ((e.has & hasLevelParam) === 0) return e;
    switch (e.kind) {
      case 'sort': {
        const level = substituteLevel(e.level, replace);
        return level === e.level ? e : sort(level);
      }
      case 'const': {
        const changed = e.levels.map((level) => substituteLevel(level, replace));
        return changed.every((level, i) => level === e.levels[i]) ? e : constant(e.name, changed);
      }
      case 'bvar':
      case 'fvar':
      case 'mvar':
      case 'nat':
      case 'string':
        return e;
      default: {
        const known = memo.get(e);
        if (known !== undefined) return known;
        const result = mapNode(e, go);
        memo.set(e, result);
        return result;
      }
    }
  };
  return go(expr);
}
