import { describe, expect, it } from 'vitest';
import { arrow } from '../../../src/ir/expr-ops.js';
import {
  app,
  bvar,
  constant,
  lambda,
  letIn,
  nat,
  proj,
  sameExpr,
  string,
  type Expr,
} from '../../../src/ir/expr.js';
import { fun, inductiveType } from '../../../src/ir/hoas.js';
import { one, succ, zero } from '../../../src/ir/level.js';
import { Bool, Nat, Type } from '../../../src/ir/core-constants.js';
import { baseEnvironment, commonEnvironment } from '../../../src/kernel/base-environment.js';
import { equalTerms } from '../../../src/kernel/equality.js';
import { DontKnow, IllTyped } from '../../../src/kernel/failure.js';
import { checkType } from '../../../src/kernel/infer.js';
import { addInductive } from '../../../src/kernel/inductive.js';
import { whnf } from '../../../src/kernel/reduce.js';
import { Typing } from '../../../src/kernel/typing.js';

const typing = (): Typing => new Typing(baseEnvironment);
const op = (name: string, ...args: bigint[]): Expr =>
  app(constant(`Nat.${name}`), ...args.map((n) => nat(n)));
const pair = app(
  constant('Prod.mk', [{ kind: 'zero' }, { kind: 'zero' }]),
  Nat,
  Bool,
  nat(3),
  constant('Bool.true'),
);
const limit = 1n << 64n;

describe('weak head normal forms', () => {
  it.each<[string, Expr, Expr]>([
    ['beta', app(lambda('x', Nat, bvar(0)), nat(5)), nat(5)],
    ['delta', app(constant('id', [one]), Nat, nat(5)), nat(5)],
    ['zeta', letIn('x', Nat, nat(5), bvar(0)), nat(5)],
    ['projections', proj('Prod', 0, pair), nat(3)],
    ['sums beyond 64 bits', op('add', limit - 1n, 1n), nat(limit)],
    ['differences that stop at 0', op('sub', 3n, limit), nat(0)],
    ['division by zero', op('div', limit, 0n), nat(0)],
    ['remainders by zero', op('mod', limit, 0n), nat(limit)],
    ['powers', op('pow', 2n, 65n), nat(1n << 65n)],
    ['the greatest common divisor', op('gcd', limit, 48n), nat(16)],
    ['shifts', op('shiftRight', limit, 63n), nat(2)],
    ['shifts of more bits than there are', op('shiftRight', 3n, limit), nat(0)],
    ['powers of one', op('pow', 1n, limit), nat(1)],
  ])('know %s', (_, term, value) => expect(sameExpr(whnf(typing(), term), value)).toBe(true));

  it.each([
    [0n, 0],
    [1n, 0],
    [2n, 1],
    [1023n, 9],
    [limit - 1n, 63],
  ])('find the logarithm of %s by unfolding, as kernels do', (number, value) => {
    expect(equalTerms(typing(), op('log2', number), nat(value))).toBe(true);
    expect(equalTerms(typing(), op('log2', number), nat(value + 1))).toBe(false);
  });

  it('compute with recursors on literals', () => {
    const double = app(
      constant('Nat.rec', [one]),
      lambda('n', Nat, Nat),
      nat(0),
      fun('n', Nat, () => fun('ih', Nat, (ih) => app(constant('Nat.add'), ih, nat(2)))),
      nat(3),
    );
    expect(sameExpr(whnf(typing(), double), nat(6))).toBe(true);
  });
});

describe('arithmetic on large numbers', () => {
  const power = (base: bigint, exponent: bigint): Expr => op('pow', base, exponent);
  const of = (name: string, a: Expr, b: Expr): Expr => app(constant(`Nat.${name}`), a, b);
  const [a, b] = [power(3n, 5_000_000n), power(7n, 2_900_000n)];

  it.each<[string, Expr]>([
    ['a product', of('mul', a, b)],
    ['a quotient', of('div', a, b)],
    ['a remainder', of('mod', b, a)],
    ['a common divisor', of('gcd', a, b)],
    ['a common divisor of smaller ones', of('gcd', power(3n, 90_000n), power(7n, 60_000n))],
  ])('takes steps by their size: %s', (_, term) => {
    expect(() => whnf(typing(), term)).toThrow('out of fuel');
  });

  it('is done where the steps suffice', () => {
    expect(whnf(typing(), of('gcd', power(6n, 300n), power(10n, 300n)))).toMatchObject({ value: 1n << 300n });
    expect(whnf(typing(), of('mod', power(2n, 5000n), power(2n, 70n)))).toMatchObject({ value: 0n });
  });
});

describe('equality', () => {
  it('holds between proofs of one proposition, and between values of a type without content', () => {
    const t = typing();
    const [p, q] = [t.bind(constant('True')), t.bind(constant('True'))];
    expect(equalTerms(t, p, q)).toBe(true);
    const unit = constant('PUnit', [one]);
    expect(equalTerms(t, t.bind(unit), t.bind(unit))).toBe(true);
    expect(equalTerms(t, t.bind(Nat), t.bind(Nat))).toBe(false);
  });

  it('knows eta for functions, and literals as constructors', () => {
    const t = typing();
    expect(equalTerms(t, lambda('n', Nat, app(constant('Nat.succ'), bvar(0))), constant('Nat.succ'))).toBe(
      true,
    );
    expect(equalTerms(t, app(constant('Nat.succ'), nat(limit - 1n)), nat(limit))).toBe(true);
    expect(equalTerms(t, nat(limit), nat(0))).toBe(false);
  });
});

describe('checking', () => {
  it.each<[string, Expr, string]>([
    ['a loose variable', bvar(0), 'a loose bound variable'],
    ['an unknown constant', constant('nobody'), 'an unknown constant'],
    ['a wrong number of levels', constant('Nat', [one]), 'another number of levels'],
    ['a number as a function', app(nat(1), nat(2)), 'a function was expected'],
    [
      'an argument of another type',
      app(constant('Nat.succ'), constant('Bool.true')),
      'an argument of another type',
    ],
    [
      'a let value of another type',
      letIn('x', Nat, constant('Bool.true'), bvar(0)),
      'a let value of another type',
    ],
    ['a number as a type', lambda('x', nat(1), bvar(0)), 'a type was expected'],
    ['a projection out of something else', proj('Sigma', 0, pair), 'a projection of something else'],
    ['a field that is not there', proj('Prod', 2, pair), 'beyond the last field'],
  ])('refuses %s', (_, term, reason) => expect(() => checkType(typing(), term)).toThrow(reason));

  it('refuses data out of a proof', () => {
    const t = typing();
    const proof = t.bind(app(constant('Nonempty', [one]), Nat));
    expect(() => checkType(t, proj('Nonempty', 0, proof))).toThrow('data out of a proof');
  });
});

describe('inductive types', () => {
  const add = (fields: (self: Expr) => Expr) => (): unknown =>
    addInductive(
      baseEnvironment,
      inductiveType(
        'T',
        [],
        [],
        () => Type,
        (self) => ({ mk: fields(self) }),
      ),
    );

  it('must be positive', () => {
    expect(add((self) => arrow(arrow(self, Nat), self))).toThrow('non positive');
    expect(add((self) => arrow(arrow(Nat, self), self))).not.toThrow();
  });

  it('must not be smaller than their fields', () => {
    expect(add((self) => arrow(Type, self))).toThrow('too large a universe');
  });

  it('must be what their constructors make', () => {
    expect(add(() => Nat)).toThrow('a constructor of something else');
  });

  it('eliminate into data only where nothing is given away', () => {
    const large = (name: string): unknown => {
      const details = baseEnvironment.find(`${name}.rec`)?.details;
      return details?.kind === 'recursor' && details.largeElimination;
    };
    expect(['Nat', 'Eq', 'Acc', 'And', 'False'].map(large)).toEqual([true, true, true, true, true]);
    expect(['Or', 'Exists', 'Nonempty'].map(large)).toEqual([false, false, false]);
  });
});

describe('what is not modelled', () => {
  const common = (): Typing => new Typing(commonEnvironment);
  const Char = constant('Char');
  const both = lambda('a', Bool, lambda('b', Bool, bvar(0)));
  const length = app(constant('Nat.bitwise'), both, nat(1), nat(1));
  const text = (character: Expr): Expr =>
    app(
      constant('String.ofList'),
      app(constant('List.cons', [zero]), Char, character, app(constant('List.nil', [zero]), Char)),
    );
  const choose = (value: Expr, at: Expr): Expr =>
    app(constant('Bool.rec', [one]), lambda('b', Bool, Nat), nat(0), value, at);

  it.each<[string, Expr, Expr]>([
    ['by itself', length, nat(2)],
    [
      'inside of a function that takes it apart',
      app(constant('Nat.beq'), length, nat(1)),
      constant('Bool.true'),
    ],
    ['as what a recursor takes apart', choose(nat(1), app(constant('Nat.beq'), length, nat(1))), nat(1)],
    [
      'as what two recursors take apart that differ elsewhere',
      choose(nat(1), app(constant('Nat.beq'), length, nat(1))),
      choose(nat(2), app(constant('Nat.beq'), length, nat(1))),
    ],
    ['behind a string', string('a'), text(app(constant('Char.ofNat'), length))],
  ])('leaves an equation open: %s', (_, a, b) => {
    expect(() => equalTerms(common(), a, b)).toThrow(DontKnow);
  });

  it('is none of the types that a table names', () => {
    expect(equalTerms(common(), constant('String'), Nat)).toBe(false);
    expect(equalTerms(common(), constant('String'), constant('Char'))).toBe(false);
  });

  it('may be a function, or a type', () => {
    const either = choose(nat(1), app(constant('Nat.beq'), length, nat(1)));
    expect(() => checkType(common(), app(either, nat(1)))).toThrow(IllTyped);
    const family = app(constant('Bool.rec', [succ(one)]), lambda('b', Bool, Type), Nat, arrow(Nat, Nat));
    const t = common();
    const value = t.bind(app(family, app(constant('Nat.beq'), length, nat(1))));
    expect(() => checkType(t, app(value, nat(1)))).toThrow(DontKnow);
  });
});
