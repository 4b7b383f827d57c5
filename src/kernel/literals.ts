/**
 * Literals: what they stand for, and the functions on natural numbers that the kernel computes by heart. It goes by
 * their names, whatever they are declared as. Nat.pred, Nat.log2 and Nat.blt are not among them.
 */
import { Char } from '../ir/core-constants.js';
import { app, apply, constant, nat, type Expr } from '../ir/expr.js';
import { zero } from '../ir/level.js';
import { DontKnow, IllTyped } from './failure.js';
import { whnf } from './reduce.js';
import { bitLength } from '../util/bit-length.js';
import type { Typing } from './typing.js';

/** Bits of a number that is still computed here; more is no answer. */
const maxBits = 1n << 24n;
/** From here on work with numbers takes steps by their size: with large ones it takes seconds. */
const large = 1n << 64n;
/** Bytes of the largest number of the kernel since 4.33.1, which goes by limbs of eight. */
const maxNumeralBytes = 1n << 27n;
/** The largest exponent with which releases before that computed a power. */
const maxExponent = 1n << 24n;
/** Bits from which on a shift makes a number whose length counts. */
const largeShift = 1n << 12n;

type Operation = (a: bigint, b: bigint, t: Typing) => bigint | boolean | undefined;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['Nat.add', (a, b) => a + b],
  ['Nat.sub', (a, b) => (a < b ? 0n : a - b)],
  ['Nat.mul', multiply],
  ['Nat.div', (a, b, t) => (b === 0n ? 0n : (takeDivision(t, a), a / b))],
  ['Nat.mod', (a, b, t) => (b === 0n ? a : (takeDivision(t, a), a % b))],
  ['Nat.gcd', gcd],
  ['Nat.beq', (a, b) => a === b],
  ['Nat.ble', (a, b) => a <= b],
  ['Nat.land', (a, b) => a & b],
  ['Nat.lor', (a, b) => a | b],
  ['Nat.xor', (a, b) => a ^ b],
  ['Nat.pow', power],
  ['Nat.shiftLeft', shiftLeft],
  ['Nat.shiftRight', (a, b) => (b >= bitsOf(a) ? 0n : a >> b)],
]);

/** The result of arithmetic on literals; undefined for any other expression. */
export function reduceNatural(t: Typing, e: Expr): Expr | undefined {
  if (e.kind !== 'app') return undefined;
  const { fn } = e;
  if (fn.kind === 'const') {
    if (fn.name !== 'Nat.succ') return undefined;
    const value = literalOf(t, e.arg);
    return value === undefined ? undefined : nat(value + 1n);
  }
  if (fn.kind !== 'app' || fn.fn.kind !== 'const') return undefined;
  const operation = operations.get(fn.fn.name);
  if (operation === undefined) return undefined;
  const a = literalOf(t, fn.arg);
  const b = a === undefined ? undefined : literalOf(t, e.arg);
  if (a === undefined || b === undefined) return undefined;
  if (a >= large || b >= large) t.take(Number((bitsOf(a) + bitsOf(b)) >> 10n));
  const result = operation(a, b, t);
  if (typeof result !== 'bigint')
    return result === undefined ? undefined : constant(result ? 'Bool.true' : 'Bool.false');
  checkNumeralSize(t, result);
  return nat(result);
}

/** The value of a term that reduces to a literal or to Nat.zero. */
export function literalOf(t: Typing, e: Expr | undefined): bigint | undefined {
  if (e === undefined || e.looseRange > 0) return undefined;
  const value = e.kind === 'nat' ? e : whnf(t, e);
  if (value.kind === 'nat') return value.value;
  return value.kind === 'const' && value.name === 'Nat.zero' ? 0n : undefined;
}

/** Whether a literal may be so large. */
export function checkNumeralSize(t: Typing, value: bigint): void {
  if (value < 1n << 64n || t.rules.numerals !== 'limited size') return;
  if (limbsOf(value) * 8n > maxNumeralBytes) throw new IllTyped('a number that is too large');
}

function power(a: bigint, b: bigint, t: Typing): bigint | undefined {
  switch (t.rules.numerals) {
    case 'limited exponent':
      if (b > maxExponent) return undefined;
      break;
    case 'limited size':
      if (b >= 1n << 32n || (a > 1n && limbsOf(a) * 8n * b > maxNumeralBytes))
        throw new IllTyped('a power that is too large');
      break;
    case 'any':
      break;
  }
  if (a <= 1n) return b === 0n ? 1n : a;
  const bits = (a < large ? BigInt(a.toString(2).length) : bitsOf(a)) * b;
  requireComputable(bits);
  t.take(2 * stepsOfProduct(bits));
  return a ** b;
}

function shiftLeft(a: bigint, b: bigint, t: Typing): bigint {
  if (a === 0n) return 0n;
  if (t.rules.numerals === 'limited size') {
    if (b >= 1n << 32n || 8n * (limbsOf(a) + b / 64n + 1n) > maxNumeralBytes)
      throw new IllTyped('a shift that is too large');
  }
  requireComputable(bitsOf(a) + b);
  // The number that is shifted has been paid for; the one that is made is as long as the shift.
  if (b >= largeShift) t.take(Number(b >> 10n));
  return a << b;
}

function requireComputable(bits: bigint): void {
  if (bits > maxBits) throw new DontKnow('a number that is too large to compute');
}

/** The bits of a number, at least 64. */
function bitsOf(value: bigint): bigint {
  return value < 1n << 64n ? 64n : BigInt(bitLength(value));
}

/** At least one, as the kernel counts them. */
function limbsOf(value: bigint): bigint {
  return (bitsOf(value) + 63n) / 64n;
}

function multiply(a: bigint, b: bigint, t: Typing): bigint {
  const bits = bitsOf(a) + bitsOf(b);
  requireComputable(bits);
  t.take(stepsOfProduct(bits));
  return a * b;
}

/** As measured: about a microsecond each, as a step takes. */
function stepsOfProduct(bits: bigint): number {
  const words = Number(bits >> 6n);
  return Math.floor((words * Math.log2(words + 1)) / 8);
}

function takeDivision(t: Typing, a: bigint): void {
  t.take(6 * stepsOfProduct(bitsOf(a)));
}

function gcd(a: bigint, b: bigint, t: Typing): bigint {
  // By Euclid's algorithm: a round for each two bits or so, and each goes through the whole number.
  const bits = Number(bitsOf(a) < bitsOf(b) ? bitsOf(a) : bitsOf(b));
  if (a > 0n && b > 0n && bits > 64) t.take(Math.floor(bits * (2 + bits / 6400)));
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** A string literal as `String.ofList` of its characters, as Lean's kernel sees it. */
export function stringToConstructor(text: string): Expr {
  let list = app(constant('List.nil', [zero]), Char);
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  for (const point of points.reverse()) {
    const made = app(constant('Char.ofNat'), nat(point));
    list = app(constant('List.cons', [zero]), Char, made, list);
  }
  return app(constant('String.ofList'), list);
}

/** A literal as `Nat.zero` or `Nat.succ` of the next smaller literal. */
export function naturalToConstructor(value: bigint): Expr {
  return value === 0n ? constant('Nat.zero') : apply(constant('Nat.succ'), nat(value - 1n));
}

/** The number before a literal or a `Nat.succ x`; undefined for others. */
export function predecessorOf(e: Expr): Expr | undefined {
  if (e.kind === 'nat') return e.value > 0n ? nat(e.value - 1n) : undefined;
  return e.kind === 'app' && e.fn.kind === 'const' && e.fn.name === 'Nat.succ' ? e.arg : undefined;
}

/** Whether a term is 0 as it stands. */
export function isZeroTerm(e: Expr): boolean {
  return e.kind === 'nat' ? e.value === 0n : e.kind === 'const' && e.name === 'Nat.zero';
}
