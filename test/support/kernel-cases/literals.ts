/** Literals, arithmetic that kernels know by heart, and their limits. */
import { app, apply, nat, string, type Expr } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
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
    { strict: 'accepts', old: 'noAnswer', recent: 'accepts' },
    equation('e', Nat, op('pow', 1n, (1n << 24n) + 1n), nat(1)),
  ),
  accepted(
    'a power of 2^16 bits',
    equation('e', Bool, op('beq', op('pow', 2n, 1n << 16n), op('shiftLeft', 1n, 1n << 16n)), c('Bool.true')),
  ),
  refused(
    'a power of 2^16 bits, and another one',
    equation('e', Bool, op('beq', op('pow', 2n, 1n << 16n), op('shiftLeft', 3n, 1n << 16n)), c('Bool.true')),
  ),
  accepted(
    'arithmetic by computed arguments',
    equation('e', Nat, op('add', op('mul', 3n, 4n), op('succ', 0n)), nat(13)),
  ),
  accepted(
    'arithmetic under a binder whose arguments do not hang on it',
    thm(
      't',
      all(Nat, eq(Nat, op('add', app(fn(Nat, nat(2)), v(0)), 3n), nat(5))),
      fn(Nat, refl(Nat, nat(5))),
    ),
  ),
  refused(
    'arithmetic under a binder whose arguments do',
    thm('t', all(Nat, eq(Nat, op('add', v(0), 3n), nat(5))), fn(Nat, refl(Nat, nat(5)))),
  ),
  accepted('a logarithm, which is unfolded', equation('e', Nat, op('log2', 9n), nat(3))),
  refused('another logarithm', equation('e', Nat, op('log2', 9n), nat(4))),
  accepted(
    'a recursor on a literal',
    equation(
      'e',
      Nat,
      app(c('Nat.rec', one), fn(Nat, Nat), nat(7), fn(Nat, fn(Nat, v(1))), nat(big)),
      nat(big - 1n),
    ),
  ),
  refused(
    'a recursor on zero as if it were a successor',
    equation('e', Nat, app(c('Nat.rec', one), fn(Nat, Nat), nat(7), fn(Nat, fn(Nat, v(1))), nat(0)), nat(0)),
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
