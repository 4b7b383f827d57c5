import { unapply } from '../ir/expr-ops.js';
import { app, constant, nat, type Expr } from '../ir/expr.js';
import { zero } from '../ir/level.js';
import { DontKnow } from './failure.js';
import { whnf } from './reduce.js';
import type { Typing } from './typing.js';

/** Bits of a number that is still computed here; Lean's kernel goes on to exponents of 2^24. */
const maxBits = 1n << 16n;

type Operation = (a: bigint, b: bigint) => bigint | boolean;

/** Functions on natural numbers that the kernel computes on literals; Nat.log2 is none of them. */
const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['Nat.add', (a, b) => a + b],
  ['Nat.sub', (a, b) => (a < b ? 0n : a - b)],
  ['Nat.mul', (a, b) => a * b],
  ['Nat.div', (a, b) => (b === 0n ? 0n : a / b)],
  ['Nat.mod', (a, b) => (b === 0n ? a : a % b)],
  ['Nat.gcd', gcd],
  ['Nat.beq', (a, b) => a === b],
  ['Nat.ble', (a, b) => a <= b],
  ['Nat.land', (a, b) => a & b],
  ['Nat.lor', (a, b) => a | b],
  ['Nat.xor', (a, b) => a ^ b],
  ['Nat.pow', (a, b) => (fits(bitsOf(a) * b), a ** b)],
  ['Nat.shiftLeft', (a, b) => (fits(bitsOf(a) + b), a << b)],
  ['Nat.shiftRight', (a, b) => (b > maxBits ? 0n : a >> b)],
]);

/** What a closed arithmetic term on literals computes to; undefined where it is none. */
export function reduceNatural(t: Typing, e: Expr): Expr | undefined {
  if (e.kind !== 'app') return undefined;
  const { head, args } = unapply(e);
  if (head.kind !== 'const') return undefined;
  const operation = operations.get(head.name);
  if (operation === undefined || args.length !== 2) return undefined;
  const a = literalOf(t, args[0]);
  const b = a === undefined ? undefined : literalOf(t, args[1]);
  if (a === undefined || b === undefined) return undefined;
  const result = operation(a, b);
  return typeof result === 'bigint' ? nat(result) : constant(result ? 'Bool.true' : 'Bool.false');
}

/** The value of a closed term that reduces to a literal or to Nat.zero. */
export function literalOf(t: Typing, e: Expr | undefined): bigint | undefined {
  if (e === undefined || e.looseRange > 0) return undefined;
  const value = whnf(t, e);
  if (value.kind === 'nat') return value.value;
  if (value.kind === 'const' && value.name === 'Nat.zero') return 0n;
  if (value.kind !== 'app' || value.fn.kind !== 'const' || value.fn.name !== 'Nat.succ') return undefined;
  const before = literalOf(t, value.arg);
  return before === undefined ? undefined : before + 1n;
}

/** A string literal as `String.ofList` of its characters, as Lean's kernel sees it. */
export function stringToConstructor(text: string): Expr {
  const char = constant('Char');
  let list = app(constant('List.nil', [zero]), char);
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  for (const point of points.reverse()) {
    const made = app(constant('Char.ofNat'), nat(point));
    list = app(constant('List.cons', [zero]), char, made, list);
  }
  return app(constant('String.ofList'), list);
}

function bitsOf(value: bigint): bigint {
  return BigInt(value.toString(16).length * 4);
}

function fits(bits: bigint): void {
  if (bits > maxBits) throw new DontKnow('a number that is too large to compute');
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
