import type { Declaration } from '../../ir/declaration.js';
import { constant, sort, type Expr } from '../../ir/expr.js';
import { imax, max, one, succ, zero, type Level } from '../../ir/level.js';
import { mapLeaves } from '../../ir/map-leaves.js';
import { isSmallLevel } from '../../ir/simplify-level.js';
import { mapExpressions } from '../../ir/rename.js';
import type { Random } from '../../util/random.js';

/** How often a level of a declaration that is restated is said in another way. */
const share = 0.3;
/** Nodes of a level that may become longer: each time it may double. */
const maxLevel = 8;

/**
 * The declaration with some of its levels said differently: equal under every assignment, but not syntactically. What
 * the kernel asks of a level it must ask up to normalisation.
 */
export function restateLevels(random: Random, declaration: Declaration): Declaration {
  const restated = (level: Level): Level =>
    !random.chance(share)
      ? level
      : isSmallLevel(level, maxLevel)
        ? restateLevel(random, level)
        : turned(level);
  const leaf = (expr: Expr): Expr => {
    if (expr.kind === 'sort') return sort(restated(expr.level));
    return expr.kind === 'const' && expr.levels.length > 0
      ? constant(expr.name, expr.levels.map(restated))
      : expr;
  };
  return mapExpressions(declaration, (expr) => mapLeaves(expr, leaf));
}

/** A level that is equal under every assignment, written differently. */
export function restateLevel(random: Random, level: Level): Level {
  switch (random.below(6)) {
    case 0:
      return max(level, zero);
    case 1:
      return imax(zero, level);
    case 2:
      return max(level, level);
    case 3:
      return level.kind === 'succ' ? max(level.of, level) : imax(level, level);
    case 4:
      return turned(level);
    default:
      return level.kind === 'zero' ? imax(one, zero) : imax(level, level);
  }
}

/** The same with each maximum the other way round, and successors of one as the larger of two. */
function turned(level: Level): Level {
  switch (level.kind) {
    case 'succ':
      return level.of.kind === 'max' ? max(succ(turned(level.of.right)), succ(turned(level.of.left))) : level;
    case 'max':
      return max(turned(level.right), turned(level.left));
    case 'imax':
      return level.right.kind === 'succ' ? max(level.right, level.left) : level;
    default:
      return level;
  }
}
