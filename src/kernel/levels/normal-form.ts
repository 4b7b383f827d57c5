/**
 * Universe levels as Lean's kernel compares them: by a normal form that is incomplete. `imax u 1` is not `max u 1`, and
 * the names of parameters decide.
 */
import { levelSize, offsetOf, succ, type Level } from '../../ir/level.js';
import { sameLevel } from '../../ir/same-level.js';
import { nameParts, type Name } from '../../ir/name.js';
import { DontKnow } from '../failure.js';
import { Budget, type Meter } from './budget.js';
import { simplerImax, simplerMax } from './simplify.js';

/** Nodes that a level may have, shared ones counted at each use: the normal form looks at each. */
const maxSize = 1 << 18;

/** Steps that a question may take: to compare two levels takes time in the product of their sizes. */
const maxSteps = 1 << 21;
const perStep = 4;

function budgetOf(meter?: Meter): Budget {
  return new Budget(maxSteps, perStep, meter);
}

/** The normal form of a level; like all here, DontKnow where it is too large or takes too long. */
export function normalForm(level: Level, meter?: Meter): Level {
  return normalOf(bounded(level), budgetOf(meter));
}

function bounded(level: Level): Level {
  if (levelSize(level) > maxSize) throw new DontKnow('a level that has grown too large');
  return level;
}

/** Normal forms by identity. Here, not in a kernel: those come and go with each question, and levels stay. */
const known = new WeakMap<Level, Level>();

function normalOf(level: Level, budget: Budget): Level {
  if (level.kind === 'zero' || level.kind === 'param' || level.kind === 'mvar') return level;
  const before = known.get(level);
  if (before !== undefined) return before;
  const normal = normalize(level, budget);
  known.set(level, normal);
  return normal;
}

function normalize(level: Level, budget: Budget): Level {
  const { base, offset } = offsetOf(level);
  switch (base.kind) {
    case 'imax':
      return succ(simplerImax(normalOf(base.left, budget), normalOf(base.right, budget)), offset);
    case 'max':
      return normalMax(base, offset, budget);
    default:
      return level;
  }
}

function normalMax(level: Level, offset: number, budget: Budget): Level {
  const parts = flatten(level, budget)
    .flatMap((part) => flatten(normalOf(part, budget), budget))
    .sort((a, b) => compareLevels(a, b, budget));
  const kept = withoutSmaller(parts).map((part) => succ(part, offset));
  return kept.reduceRight((rest, part) => simplerMax(part, rest));
}

/** Of sorted parts: the largest numeral, unless another part is at least as large by its offset; and each base once. */
function withoutSmaller(parts: readonly Level[]): Level[] {
  const offsets = parts.map(offsetOf);
  const isLast = (i: number): boolean => {
    const next = offsets[i + 1];
    return next === undefined || !sameLevel(offsets[i]?.base ?? next.base, next.base);
  };
  const kept = parts.filter((_, i) => isLast(i));
  const [first] = kept;
  if (first === undefined || kept.length === 1) return kept;
  const numeral = offsetOf(first);
  const covered =
    numeral.base.kind === 'zero' && kept.slice(1).some((part) => offsetOf(part).offset >= numeral.offset);
  return covered ? kept.slice(1) : kept;
}

/** The parts that a level is the maximum of, from left to right; the level itself where it is no maximum. */
function flatten(level: Level, budget: Budget): Level[] {
  const parts: Level[] = [];
  const open = [level];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    budget.spend();
    if (next.kind === 'max') open.push(next.right, next.left);
    else parts.push(next);
  }
  return parts;
}

const ranks = { zero: 0, succ: 1, max: 2, imax: 3, param: 4, mvar: 5 } as const;

function compareLevels(a: Level, b: Level, budget: Budget): number {
  budget.spend();
  if (sameLevel(a, b)) return 0;
  const [x, y] = [offsetOf(a), offsetOf(b)];
  if (sameLevel(x.base, y.base)) return x.offset - y.offset;
  const [p, q] = [x.base, y.base];
  if (p.kind !== q.kind) return ranks[p.kind] - ranks[q.kind];
  if ((p.kind === 'max' || p.kind === 'imax') && (q.kind === 'max' || q.kind === 'imax'))
    return sameLevel(p.left, q.left)
      ? compareLevels(p.right, q.right, budget)
      : compareLevels(p.left, q.left, budget);
  if ((p.kind === 'param' || p.kind === 'mvar') && (q.kind === 'param' || q.kind === 'mvar'))
    return compareNames(p.name, q.name);
  return 0;
}

/** Part by part from the root, a prefix first, numbers before text, text by its bytes. */
function compareNames(a: Name, b: Name): number {
  if (a === b) return 0;
  const [x, y] = [nameParts(a), nameParts(b)];
  for (let i = 0; ; i++) {
    const [p, q] = [x[i], y[i]];
    if (p === undefined || q === undefined) return x.length - y.length;
    if (p === q) continue;
    if (typeof p === 'number') return typeof q === 'number' ? p - q : -1;
    if (typeof q === 'number') return 1;
    return Buffer.compare(Buffer.from(p), Buffer.from(q));
  }
}

/** Whether two levels have one normal form. */
export function sameNormalForm(a: Level, b: Level, meter?: Meter): boolean {
  return sameLevel(a, b) || sameLevel(normalForm(a, meter), normalForm(b, meter));
}

/** Whether the normal forms show that `a ≥ b`. */
export function isPlainlyAtLeast(a: Level, b: Level, meter?: Meter): boolean {
  return isAtLeast(bounded(a), bounded(b), budgetOf(meter));
}

function isAtLeast(a: Level, b: Level, budget: Budget): boolean {
  budget.spend();
  return atLeast(normalOf(a, budget), normalOf(b, budget), budget);
}

function atLeast(a: Level, b: Level, budget: Budget): boolean {
  if (sameLevel(a, b) || b.kind === 'zero') return true;
  if (b.kind === 'max') return isAtLeast(a, b.left, budget) && isAtLeast(a, b.right, budget);
  if (a.kind === 'max' && (isAtLeast(a.left, b, budget) || isAtLeast(a.right, b, budget))) return true;
  if (b.kind === 'imax') return isAtLeast(a, b.left, budget) && isAtLeast(a, b.right, budget);
  if (a.kind === 'imax') return isAtLeast(a.right, b, budget);
  const [x, y] = [offsetOf(a), offsetOf(b)];
  if (sameLevel(x.base, y.base) || y.base.kind === 'zero') return x.offset >= y.offset;
  return x.offset === y.offset && x.offset > 0 && isAtLeast(x.base, y.base, budget);
}
