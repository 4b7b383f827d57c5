/** The maximum of two levels as Lean's kernel builds it where it instantiates levels and infers the sort of a pi. */
import { imax, max, sameLevel, zero, type Level } from '../../ir/level.js';

/** A level without its outer successors, and how many there were. */
export interface Offset {
  readonly base: Level;
  readonly offset: number;
}

export function offsetOf(level: Level): Offset {
  let offset = 0;
  let base = level;
  for (; base.kind === 'succ'; base = base.of) offset++;
  return { base, offset };
}

/** `max a b`, simplified where one of the two says it all. */
export function simplerMax(a: Level, b: Level): Level {
  const [x, y] = [offsetOf(a), offsetOf(b)];
  if (x.base.kind === 'zero' && y.base.kind === 'zero') return x.offset >= y.offset ? a : b;
  if (sameLevel(a, b) || b.kind === 'zero') return a;
  if (a.kind === 'zero') return b;
  if (b.kind === 'max' && (sameLevel(a, b.left) || sameLevel(a, b.right))) return b;
  if (a.kind === 'max' && (sameLevel(b, a.left) || sameLevel(b, a.right))) return a;
  if (sameLevel(x.base, y.base)) return x.offset > y.offset ? a : b;
  return max(a, b);
}

/** `imax a b`, simplified where b tells whether it is 0, or where a says nothing. */
export function simplerImax(a: Level, b: Level): Level {
  if (isPlainlyPositive(b)) return simplerMax(a, b);
  if (b.kind === 'zero') return zero;
  const { base, offset } = offsetOf(a);
  if (base.kind === 'zero' && offset <= 1) return b;
  return sameLevel(a, b) ? a : imax(a, b);
}

/** Whether the shape alone says that a level is never 0. */
export function isPlainlyPositive(level: Level): boolean {
  switch (level.kind) {
    case 'zero':
    case 'param':
    case 'mvar':
      return false;
    case 'succ':
      return true;
    case 'max':
      return isPlainlyPositive(level.left) || isPlainlyPositive(level.right);
    case 'imax':
      return isPlainlyPositive(level.right);
  }
}
