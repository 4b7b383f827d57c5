import type { Level } from '../ir/level.js';
import { sameLevel } from '../ir/same-level.js';
import { allBelow, areNeverNone, areNone, atomsOf } from './levels/atoms.js';
import { Budget, type Meter } from './levels/budget.js';

/** Work that one question may take: about a fifth of a second. */
const maxWork = 120_000_000;
const workOfStep = 400;

function budgetOf(meter?: Meter): Budget {
  return new Budget(maxWork, workOfStep, meter);
}

/**
 * Whether two levels are equal under every assignment of their parameters. Like all here, DontKnow where that takes
 * too long, and it takes its steps of who asks, where a meter is given.
 */
export function equalLevels(a: Level, b: Level, meter?: Meter): boolean {
  if (sameLevel(a, b)) return true;
  const budget = budgetOf(meter);
  return isAtMost(a, b, budget) && isAtMost(b, a, budget);
}

/** Whether `a ≤ b` under every assignment. */
export function levelAtMost(a: Level, b: Level, meter?: Meter): boolean {
  return isAtMost(a, b, budgetOf(meter));
}

function isAtMost(a: Level, b: Level, budget: Budget): boolean {
  return a.kind === 'zero' || a === b || allBelow(atomsOf(a, budget), atomsOf(b, budget), budget);
}

/** Whether the level is 0 under every assignment. */
export function isZero(level: Level, meter?: Meter): boolean {
  if (level.kind === 'zero') return true;
  return level.kind !== 'succ' && level.kind !== 'param' && areNone(atomsOf(level, budgetOf(meter)));
}

/** Whether the level is at least 1 under every assignment. */
export function isNeverZero(level: Level, meter?: Meter): boolean {
  return level.kind === 'succ' || areNeverNone(atomsOf(level, budgetOf(meter)));
}
