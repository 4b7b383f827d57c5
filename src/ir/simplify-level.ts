import { mapLevel } from './map-level.js';
import { imax, max, type Level } from './level.js';
import { sameLevel } from './same-level.js';

/**
 * An equal level without what says nothing: `max 0 l`, `max l l`, `imax l 0` and the like. Sorts that are inferred from
 * inferred sorts would otherwise double in size with each step.
 */
export function simplifyLevel(level: Level): Level {
  return mapLevel(
    level,
    (leaf) => leaf,
    (left, right, { kind }) => (kind === 'max' ? simplifyMax(left, right) : simplifyImax(left, right)),
  );
}

function simplifyImax(left: Level, right: Level): Level {
  if (right.kind === 'zero' || left.kind === 'zero' || sameLevel(left, right)) return right;
  return right.kind === 'succ' ? simplifyMax(left, right) : imax(left, right);
}

function simplifyMax(left: Level, right: Level): Level {
  if (left.kind === 'zero' || contains(right, left)) return right;
  if (right.kind === 'zero' || contains(left, right)) return left;
  return max(left, right);
}

/** Parts that are looked at for one that says the same: one that is missed costs nothing but room. */
const maxParts = 32;

/** Whether the second level is among what the first is a maximum of, or below it by successors. */
function contains(whole: Level, part: Level): boolean {
  const open = [whole];
  let left = maxParts;
  for (let level = open.pop(); level !== undefined && left > 0; level = open.pop(), left--) {
    if (sameLevel(level, part)) return true;
    if (level.kind === 'max') open.push(level.right, level.left);
    else if (level.kind === 'succ') open.push(level.of);
  }
  return false;
}

/** Whether a level has at most `limit` nodes, each use counted; never looks at more. */
export function isSmallLevel(level: Level, limit: number): boolean {
  const open = [level];
  let left = limit;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (--left < 0) return false;
    if (part.kind === 'succ') open.push(part.of);
    else if (part.kind === 'max' || part.kind === 'imax') open.push(part.right, part.left);
  }
  return true;
}
