import { sameExpr, type Expr, type ExprOf } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { equalLevels } from '../../kernel/level-order.js';

/** An assignment of a producer's arguments and level parameters that makes its result the goal. */
export class Match {
  readonly levels = new Map<Name, Level>();
  readonly args: (Expr | undefined)[];

  /** `flexible`: the level parameters to find; others stand for themselves. */
  constructor(
    count: number,
    private readonly flexible: readonly Name[],
  ) {
    this.args = Array.from({ length: count }, () => undefined);
  }

  /**
   * First-order matching of a result, in which loose bvar 0 is the last argument, against a goal without loose
   * variables. Where it returns false, what it had bound is of no use.
   */
  match(pattern: Expr, goal: Expr, depth = 0): boolean {
    if (pattern.kind === 'bvar' && pattern.index >= depth)
      return this.bind(pattern.index - depth, goal, depth);
    if (pattern.kind !== goal.kind) return false;
    switch (pattern.kind) {
      case 'sort':
        return this.matchLevel(pattern.level, (goal as ExprOf<'sort'>).level);
      case 'const': {
        const other = goal as ExprOf<'const'>;
        return (
          pattern.name === other.name &&
          pattern.levels.length === other.levels.length &&
          pattern.levels.every((level, i) => this.matchLevel(level, other.levels[i] ?? level))
        );
      }
      case 'app': {
        const other = goal as ExprOf<'app'>;
        return this.match(pattern.fn, other.fn, depth) && this.match(pattern.arg, other.arg, depth);
      }
      case 'lambda':
      case 'pi': {
        const other = goal as ExprOf<'pi'>;
        return this.match(pattern.type, other.type, depth) && this.match(pattern.body, other.body, depth + 1);
      }
      default:
        return pattern.looseRange <= depth && sameExpr(pattern, goal);
    }
  }

  private bind(index: number, value: Expr, depth: number): boolean {
    if (depth > 0 && value.looseRange > 0) return false;
    const position = this.args.length - 1 - index;
    const known = this.args[position];
    if (known !== undefined) return sameExpr(known, value);
    this.args[position] = value;
    return true;
  }

  private matchLevel(pattern: Level, level: Level): boolean {
    if (pattern.kind === 'param' && this.flexible.includes(pattern.name)) {
      const known = this.levels.get(pattern.name);
      if (known !== undefined) return equalLevels(known, level);
      this.levels.set(pattern.name, level);
      return true;
    }
    if (pattern.kind === 'succ') return level.kind === 'succ' && this.matchLevel(pattern.of, level.of);
    if (pattern.kind === 'max' || pattern.kind === 'imax') {
      // Both sides may be given the whole level: max l l is l.
      return this.matchLevel(pattern.left, level) && this.matchLevel(pattern.right, level);
    }
    return equalLevels(pattern, level);
  }
}
