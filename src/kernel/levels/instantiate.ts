/** Level parameters replaced, in levels and in terms, with the simplifications that Lean's kernel makes there. */
import { constant, hasLevelParam, sort, type Expr } from '../../ir/expr.js';
import type { LevelFold } from '../../ir/level-fold.js';
import { mapLevel } from '../../ir/map-level.js';
import { levelHas, levelSize, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { noLoose, rewrite, Rewrite } from '../../ir/rewrite.js';
import { sameLevel } from '../../ir/same-level.js';
import { takeCopy, type Meter } from './budget.js';
import { simplerImax, simplerMax } from './simplify.js';

/**
 * An expression with its level parameters replaced, in order. With `shared`, a level whose parameters are replaced by
 * themselves stays as it is written; Lean decides that by the identity of objects, which depends on who built them.
 * Large levels take steps of the meter.
 */
export function instantiateLevels(
  expr: Expr,
  params: readonly Name[],
  levels: readonly Level[],
  shared = false,
  meter?: Meter,
): Expr {
  if (params.length === 0 || (expr.has & hasLevelParam) === 0) return expr;
  const replacement = new Replacement(params, levels, shared, meter);
  return rewrite(expr, 0, new Rewrite((leaf) => replacement.leaf(leaf), hasLevelParam, noLoose));
}

class Replacement {
  constructor(
    private readonly params: readonly Name[],
    private readonly levels: readonly Level[],
    private readonly shared: boolean,
    private readonly meter: Meter | undefined,
  ) {}

  leaf(expr: Expr): Expr {
    if (expr.kind === 'sort') {
      const level = this.replace(expr.level);
      return level === expr.level ? expr : sort(level);
    }
    if (expr.kind !== 'const') return expr;
    return constant(
      expr.name,
      expr.levels.map((level) => this.replace(level)),
    );
  }

  private replace(level: Level): Level {
    switch (level.kind) {
      case 'zero':
      case 'mvar':
        return level;
      case 'param':
        return this.parameter(level);
      default:
        if (this.meter !== undefined) takeCopy(this.meter, levelSize(level));
        return mapLevel(level, this.leafOfLevel, this.branch);
    }
  }

  private parameter(level: Level & { readonly name: Name }): Level {
    const found = this.levels[this.params.indexOf(level.name)];
    return found === undefined || (this.shared && sameLevel(found, level)) ? level : found;
  }

  private readonly leafOfLevel: LevelFold<Level>['leaf'] = (level) =>
    level.kind === 'param' ? this.parameter(level) : level;

  private readonly branch: LevelFold<Level>['branch'] = (left, right, level) => {
    // Apart, a parameter counts as replaced even by itself: it is another object.
    const mayStay = this.shared || (levelHas(level) & hasLevelParam) === 0;
    if (mayStay && left === level.left && right === level.right) return level;
    return level.kind === 'max' ? simplerMax(left, right) : simplerImax(left, right);
  };
}
