import { app, constant, nat, type Expr } from '../../ir/expr.js';
import type { Random } from '../../util/random.js';

/** Two numbers of which an operation makes the number asked for; undefined where that takes a number below 0. */
type Ways = (result: bigint, other: bigint) => readonly [bigint, bigint] | undefined;

/** Operations on numbers that kernels compute by heart, each with arguments that come to a given result. */
const operations: readonly (readonly [name: string, ways: Ways])[] = [
  ['Nat.add', (n, k) => (n < k ? undefined : [n - k, k])],
  ['Nat.sub', (n, k) => [n + k, k]],
  ['Nat.sub', (n, k) => (n === 0n ? [k, k + 1n] : undefined)],
  ['Nat.mul', (n, k) => (n % (k + 1n) === 0n ? [n / (k + 1n), k + 1n] : [1n, n])],
  ['Nat.div', (n, k) => [n * (k + 1n) + k, k + 1n]],
  ['Nat.div', (n, k) => (n === 0n ? [k, 0n] : undefined)],
  ['Nat.mod', (n, k) => [n + k * (n + 1n), n + 1n]],
  ['Nat.mod', (n) => [n, 0n]],
  ['Nat.gcd', (n, k) => [n, n * k]],
  ['Nat.land', (n, k) => [n | (k << 65n), n]],
  ['Nat.lor', (n, k) => [n & k, n]],
  ['Nat.xor', (n, k) => [n ^ k, k]],
  ['Nat.shiftLeft', (n, k) => ((n >> k) << k === n ? [n >> k, k] : [n, 0n])],
  ['Nat.shiftRight', (n, k) => [n << k, k]],
  ['Nat.pow', (n) => [n, 1n]],
  ['Nat.pow', (n, k) => (n === 1n ? [k, 0n] : undefined)],
];

/** Second arguments: small, for some are exponents and shifts. */
const others: readonly bigint[] = [0n, 1n, 2n, 3n, 31n, 32n, 63n, 64n, 65n];

/** How often a number is said by a constructor. */
const constructorShare = 0.1;

/** A comparison of two numbers, of which one is at hand, that kernels decide by heart. */
export function decidedBy(random: Random, isTrue: boolean): Expr {
  const [a, b] = [random.pick(others), random.pick(others)];
  const [small, large] = a < b ? [a, b] : [b, a];
  const isEqual = random.chance(0.5);
  const compared = (name: string, left: bigint, right: bigint): Expr =>
    app(constant(name), numeral(random, left), numeral(random, right));
  if (isEqual) return compared('Nat.beq', a, isTrue ? a : a + 1n + b);
  return isTrue ? compared('Nat.ble', small, large) : compared('Nat.ble', large + 1n, small);
}

/** An operation on literals that comes to a number, or its predecessor's successor. */
export function resultIn(random: Random, result: bigint): Expr {
  if (result > 0n && random.chance(0.2)) return app(constant('Nat.succ'), nat(result - 1n));
  const [name, ways] = random.pick(operations);
  const args = ways(result, random.pick(others));
  if (args === undefined || (explosive.has(name) && args.some((arg) => arg > maxShift))) return nat(result);
  return app(constant(name), numeral(random, args[0]), numeral(random, args[1]));
}

/** A number, now and then by its constructors. */
function numeral(random: Random, value: bigint): Expr {
  if (!random.chance(constructorShare)) return nat(value);
  return value === 0n ? constant('Nat.zero') : app(constant('Nat.succ'), numeral(random, value - 1n));
}

/** Operations whose result outgrows everything in one argument: a large one in its place ends the process. */
const explosive: ReadonlySet<string> = new Set(['Nat.shiftLeft', 'Nat.shiftRight', 'Nat.pow']);
const maxShift = 4096n;
