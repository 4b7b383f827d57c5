import type { Level } from '../ir/level.js';
import { sameLevel } from '../ir/same-level.js';
import { allBelow, areNeverNone, areNone, atomsOf } from './levels/atoms.js';

/**
 * Whether two levels are equal under every assignment of their parameters. Like all here, DontKnow where that takes
 * too long.
 */
export function equalLevels(a: Level, b: Level): boolean {
  return sameLevel(a, b) || (levelAtMost(a, b) && levelAtMost(b, a));
}

/** Whether `a ≤ b` under every assignment. */
export function levelAtMost(a: Level, b: Level): boolean {
  return a.kind === 'zero' || a === b || allBelow(atomsOf(a), atomsOf(b));
}

/** Whether the level is 0 under every assignment. */
export function isZero(level: Level): boolean {
  if (level.kind === 'zero') return true;
  return level.kind !== 'succ' && level.kind !== 'param' && areNone(atomsOf(level));
}

/** Whether the level is at least 1 under every assignment. */
export function isNeverZero(level: Level): boolean {
  return level.kind === 'succ' || areNeverNone(atomsOf(level));
}
