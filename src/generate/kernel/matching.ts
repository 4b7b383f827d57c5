import { sameExpr, type Expr, type ExprOf } from '../../ir/expr.js';
import { levelSize, type Level } from '../../ir/level.js';
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
   * variables. Where it returns false, what it had bound is of no use. Without recursion, and what both share once.
   */
  match(result: Expr, whole: Expr): boolean {
    const open: (readonly [pattern: Expr, goal: Expr, depth: number])[] = [[result, whole, 0]];
    const matched = new Matched<Expr>(result.size);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [pattern, goal, depth] = next;
      if (pattern.kind === 'bvar' && pattern.index >= depth) {
        if (!this.bind(pattern.index - depth, goal, depth)) return false;
        continue;
      }
      if (pattern.kind !== goal.kind) return false;
      if (matched.has(pattern, goal, depth)) continue;
      switch (pattern.kind) {
        case 'sort':
          if (!this.matchLevel(pattern.level, (goal as ExprOf<'sort'>).level)) return false;
          break;
        case 'const': {
          const other = goal as ExprOf<'const'>;
          const alike =
            pattern.name === other.name &&
            pattern.levels.length === other.levels.length &&
            pattern.levels.every((level, i) => this.matchLevel(level, other.levels[i] ?? level));
          if (!alike) return false;
          break;
        }
        case 'app': {
          const other = goal as ExprOf<'app'>;
          open.push([pattern.arg, other.arg, depth], [pattern.fn, other.fn, depth]);
          break;
        }
        case 'lambda':
        case 'pi': {
          const other = goal as ExprOf<'pi'>;
          open.push([pattern.body, other.body, depth + 1], [pattern.type, other.type, depth]);
          break;
        }
        default:
          if (pattern.looseRange > depth || !sameExpr(pattern, goal)) return false;
      }
    }
    return true;
  }

  private bind(index: number, value: Expr, depth: number): boolean {
    if (depth > 0 && value.looseRange > 0) return false;
    const position = this.args.length - 1 - index;
    const known = this.args[position];
    if (known !== undefined) return sameExpr(known, value);
    this.args[position] = value;
    return true;
  }

  private matchLevel(whole: Level, goal: Level): boolean {
    const open: (readonly [pattern: Level, level: Level])[] = [[whole, goal]];
    const matched = new Matched<Level>(levelSize(whole));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [pattern, level] = next;
      if (matched.has(pattern, level)) continue;
      if (pattern.kind === 'param' && this.flexible.includes(pattern.name)) {
        const known = this.levels.get(pattern.name);
        if (known === undefined) this.levels.set(pattern.name, level);
        else if (!equalLevels(known, level)) return false;
      } else if (pattern.kind === 'succ') {
        if (level.kind !== 'succ') return false;
        open.push([pattern.of, level.of]);
      } else if (pattern.kind === 'max' || pattern.kind === 'imax') {
        // Both sides may be given the whole level: max l l is l.
        open.push([pattern.right, level], [pattern.left, level]);
      } else if (!equalLevels(pattern, level)) return false;
    }
    return true;
  }
}

/** Patterns of so few nodes are matched again where they are shared: that is less work than to look them up. */
const rememberedSize = 256;

/** Pairs that were matched before: patterns may share so much that to match every use never ends. */
class Matched<T extends object> {
  private readonly seen: Map<T, Set<T>>[] = [];

  constructor(private readonly size: number) {}

  /** Whether a pair was there before, under so many binders; it is from now on. */
  has(pattern: T, goal: T, depth = 0): boolean {
    if (this.size < rememberedSize) return false;
    const goals = (this.seen[depth] ??= new Map<T, Set<T>>());
    const known = goals.get(pattern);
    if (known?.has(goal) === true) return true;
    if (known === undefined) goals.set(pattern, new Set([goal]));
    else known.add(goal);
    return false;
  }
}
