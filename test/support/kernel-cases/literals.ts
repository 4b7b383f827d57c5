/** Literals, arithmetic that kernels know by heart, and their limits. */
import { app, apply, nat, string, type Expr } from '../../../src/ir/expr.js';
import { zero } from '../../../src/ir/level.js';
import {
  accepted,
  all,
  axiom,
  Bool,
  c,
  def,
  differs,
  eq,
  equation,
  fn,
  Nat,
  refl,
  refused,
  thm,
  v,
  type KernelCase,
} from './case.js';

const op = (name: string, ...args: (bigint | Expr)[]): Expr =>
  app(c(`Nat.${name}`), ...args.map((arg) => (typeof arg === 'bigint' ? nat(arg) : arg)));
const computes = (name: string, a: bigint, b: bigint, right: bigint, wrong = right + 1n): KernelCase[] => [
  accepted(`${name} ${a} ${b} = ${right}`, equation('e', Nat, op(name, a, b), nat(right))),
  refused(`${name} ${a} ${b} = ${wrong}`, equation('e', Nat, op(name, a, b), nat(wrong))),
];
const big = 1n << 70n;
const String = c('String');
const char = (code: number): Expr => apply(c('Char.ofNat'), nat(code));
const text = (...codes: number[]): Expr =>
  apply(
    c('String.ofList'),
    codes.reduceRight(
      (rest, code) => app(c('List.cons', zero), c('Char'), char(code), rest),
      app(c('List.nil', zero), c('Char')),
    ),
  );

export const literalCases: readonly KernelCase[] = [
  ...computes('add', big, 1n, big + 1n),
  ...computes('sub', 3n, big, 0n),
  ...computes('mul', big, big, big * big),
  ...computes('div', big, 0n, 0n),
  ...computes('mod', big, 0n, big),
  ...computes('gcd', 0n, 12n, 12n),
  ...computes('land', 12n, 10n, 8n),
  ...computes('lor', 12n, 10n, 14n),
  ...computes('xor', 12n, 10n, 6n),
  ...computes('shiftLeft', 3n, 65n, 3n << 65n),
  ...computes('shiftRight', big, 69n, 2n),
  ...computes('pow', 0n, 0n, 1n),
  accepted('beq', equation('e', Bool, op('beq', big, big), c('Bool.true'))),
  refused('beq of others', equation('e', Bool, op('beq', big, 1n), c('Bool.true'))),
  accepted('ble', equation('e', Bool, op('ble', 1n, big), c('Bool.true'))),
  refused('ble the other way', equation('e', Bool, op('ble', big, 1n), c('Bool.true'))),
  accepted('zero is 0', equation('e', Nat, c('Nat.zero'), nat(0))),
  refused('zero is not 1', equation('e', Nat, c('Nat.zero'), nat(1))),
  accepted('succ of a literal', equation('e', Nat, op('succ', big), nat(big + 1n))),
  accepted(
    'succ under a binder',
    thm('t', all(Nat, eq(Nat, op('succ', v(0)), op('succ', v(0)))), fn(Nat, refl(Nat, op('succ', v(0))))),
  ),
  refused(
    'succ of a variable is no literal',
    thm('t', all(Nat, eq(Nat, op('succ', v(0)), nat(1))), fn(Nat, refl(Nat, nat(1)))),
  ),
  accepted(
    'a sum with a literal on the right',
    thm('t', all(Nat, eq(Nat, op('add', v(0), 1n), op('succ', v(0)))), fn(Nat, refl(Nat, op('succ', v(0))))),
  ),
  refused(
    'a sum with a literal on the left',
    thm('t', all(Nat, eq(Nat, op('add', 1n, v(0)), op('succ', v(0)))), fn(Nat, refl(Nat, op('succ', v(0))))),
  ),
  differs(
    '1 to the power of 2^24 + 1',
    { strict: 'accepts', old: 'accepts', recent: 'accepts' },
    equation('e', Nat, op('pow', 1n, 2n), nat(1)),
  ),
  differs(
    'a power beyond 2^32',
    { strict: 'accepts', old: 'noAnswer', recent: 'refuses' },
    equation('e', Nat, op('pow', 1n, 1n << 32n), nat(1)),
  ),
  differs(
    'a power beyond 128 MiB',
    { strict: 'noAnswer', old: 'noAnswer', recent: 'refuses' },
    equation('e', Bool, op('beq', op('pow', 2n, (1n << 24n) + 1n), 0n), c('Bool.false')),
  ),
  differs(
    'a shift beyond 128 MiB',
    { strict: 'noAnswer', old: 'noAnswer', recent: 'refuses' },
    equation('e', Bool, op('beq', op('shiftLeft', 1n, 1n << 32n), 0n), c('Bool.false')),
  ),
  accepted('a shift of nothing', equation('e', Nat, op('shiftLeft', 0n, 1n << 40n), nat(0))),
  accepted('a string by its characters', equation('e', String, string('aé'), text(97, 233))),
  refused('a string by other characters', equation('e', String, string('ab'), text(97, 99))),
  accepted('a character beyond 16 bits', equation('e', String, string('😀'), text(0x1f600))),
  refused('strings that differ', equation('e', String, string('a'), string('b'))),
  accepted('a literal of its type', def('d', String, string('x'))),
  refused('a string as a number', def('d', Nat, string('x'))),
  refused('arithmetic on an axiom', axiom('a', Nat), equation('e', Nat, op('add', c('a'), 1n), nat(3))),
];
