import { imax, max, sameLevel, succ, type Level } from './level.js';

/**
 * An equal level without what says nothing: `max 0 l`, `max l l`, `imax l 0` and the like. Sorts that are inferred from
 * inferred sorts would otherwise double in size with each step.
 */
export function simplifyLevel(level: Level): Level {
  switch (level.kind) {
    case 'succ': {
      const of = simplifyLevel(level.of);
      return of === level.of ? level : succ(of);
    }
    case 'max':
      return simplifyMax(simplifyLevel(level.left), simplifyLevel(level.right));
    case 'imax': {
      const left = simplifyLevel(level.left);
      const right = simplifyLevel(level.right);
      if (right.kind === 'zero' || left.kind === 'zero' || sameLevel(left, right)) return right;
      return right.kind === 'succ' ? simplifyMax(left, right) : imax(left, right);
    }
    default:
      return level;
  }
}

function simplifyMax(left: Level, right: Level): Level {
  if (left.kind === 'zero' || contains(right, left)) return right;
  if (right.kind === 'zero' || contains(left, right)) return left;
  return max(left, right);
}

/** Whether the second level is among what the first is a maximum of, or below it by successors. */
function contains(whole: Level, part: Level): boolean {
  if (sameLevel(whole, part)) return true;
  if (whole.kind === 'max') return contains(whole.left, part) || contains(whole.right, part);
  return whole.kind === 'succ' && contains(whole.of, part);
}

/** Whether a level has at most `limit` nodes; never looks at more. */
export function isSmallLevel(level: Level, limit: number): boolean {
  return nodesLeft(level, limit) >= 0;
}

function nodesLeft(level: Level, limit: number): number {
  if (limit <= 0) return -1;
  switch (level.kind) {
    case 'succ':
      return nodesLeft(level.of, limit - 1);
    case 'max':
    case 'imax':
      return nodesLeft(level.right, nodesLeft(level.left, limit - 1));
    default:
      return limit - 1;
  }
}
