import { constant, hasLevelParam, sort, type Expr } from './expr.js';
import { zero, type Level } from './level.js';
import type { Name } from './name.js';
import { noLoose, rewrite, Rewrite } from './rewrite.js';
import { substituteLevel } from './substitute-level.js';

/** An expression with its level parameters replaced, in order. */
export function instantiateLevels(expr: Expr, params: readonly Name[], levels: readonly Level[]): Expr {
  if (params.length === 0) return expr;
  const replace = new Map(params.map((name, i) => [name, levels[i] ?? zero]));
  const replaced = (e: Expr): Expr => {
    if (e.kind === 'sort') return sort(substituteLevel(e.level, replace));
    if (e.kind !== 'const') return e;
    return constant(
      e.name,
      e.levels.map((level) => substituteLevel(level, replace)),
    );
  };
  return rewrite(expr, 0, new Rewrite(replaced, hasLevelParam, noLoose));
}
