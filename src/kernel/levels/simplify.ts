/** The maximum of two levels as Lean's kernel builds it where it instantiates levels and infers the sort of a pi. */
import { imax, isPlainlyPositive, max, offsetOf, zero, type Level } from '../../ir/level.js';
import { sameLevel } from '../../ir/same-level.js';

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
