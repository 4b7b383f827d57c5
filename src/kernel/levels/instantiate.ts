/** Level parameters replaced, in levels and in terms, with the simplifications that Lean's kernel makes there. */
import { constant, hasLevelParam, sort, type Expr } from '../../ir/expr.js';
import { sameLevel, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { noLoose, rewrite, Rewrite } from '../../ir/rewrite.js';
import { bounded } from './bounded.js';
import { simplerImax, simplerMax } from './simplify.js';

/**
 * An expression with its level parameters replaced, in order. With `shared`, a level whose parameters are replaced by
 * themselves stays as it is written; Lean decides that by the identity of objects, which depends on who built them.
 */
export function instantiateLevels(
  expr: Expr,
  params: readonly Name[],
  levels: readonly Level[],
  shared = false,
): Expr {
  if (params.length === 0 || (expr.has & hasLevelParam) === 0) return expr;
  const replacement = new Replacement(params, levels, shared);
  return rewrite(expr, 0, new Rewrite((leaf) => replacement.leaf(leaf), hasLevelParam, noLoose));
}

class Replacement {
  constructor(
    private readonly params: readonly Name[],
    private readonly levels: readonly Level[],
    private readonly shared: boolean,
  ) {}

  leaf(expr: Expr): Expr {
    if (expr.kind === 'sort') {
      const level = bounded(this.replace(expr.level));
      return level === expr.level ? expr : sort(level);
    }
    if (expr.kind !== 'const') return expr;
    return constant(
      expr.name,
      expr.levels.map((level) => bounded(this.replace(level))),
    );
  }
  private replace(level: Level): Level {
    switch (level.kind) {
      case 'zero':
      case 'mvar':
        return level;
      case 'param': {
        const found = this.levels[this.params.indexOf(level.name)];
        return found === undefined || (this.shared && sameLevel(found, level)) ? level : found;
      }
      case 'succ': {
        const of = this.replace(level.of);
        return of === level.of ? level : { kind: 'succ', of };
      }
      case 'max':
      case 'imax': {
        const left = this.replace(level.left);
        const right = this.replace(level.right);
        // Apart, a parameter counts as replaced even by itself: it is another object.
        const same = left === level.left && right === level.right && (this.shared || !hasParam(level));
        if (same) return level;
        return level.kind === 'max' ? simplerMax(left, right) : simplerImax(left, right);
      }
    }
  }
}

function hasParam(level: Level): boolean {
  switch (level.kind) {
    case 'zero':
    case 'mvar':
      return false;
    case 'param':
      return true;
    case 'succ':
      return hasParam(level.of);
    case 'max':
    case 'imax':
      return hasParam(level.left) || hasParam(level.right);
  }
}
