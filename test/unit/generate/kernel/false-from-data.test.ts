import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import { baseContext, extendContext, type Context } from '../../../../src/generate/kernel/context.js';
import { distinguish } from '../../../../src/generate/kernel/distinguish.js';
import { fromEquation } from '../../../../src/kernel/refute/distinction.js';
import { KernelTermGenerator } from '../../../../src/generate/kernel/term-generator.js';
import { refuteEquation } from '../../../../src/generate/kernel/wrong-equation.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { arrow } from '../../../../src/ir/expr-ops.js';
import { app, constant, lambda, nat, proj, sort, string, type Expr } from '../../../../src/ir/expr.js';
import { arrows, forall, inductiveType } from '../../../../src/ir/hoas.js';
import { one, zero } from '../../../../src/ir/level.js';
import { Bool, Nat, Prop, Type } from '../../../../src/ir/core-constants.js';
import { equal } from '../../../../src/kernel/base/terms.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { sortOf } from '../../../../src/kernel/infer.js';
import { Typing } from '../../../../src/kernel/typing.js';
import { Random } from '../../../../src/util/random.js';

const False = constant('False');
const seeds = [1, 2, 3, 4];

const color = inductiveType(
  'Color',
  [],
  [],
  () => Type,
  (self) => ({ red: self, of: arrows(Nat, self), mix: arrows(self, self, self) }),
);
const box = inductiveType(
  'Box',
  [],
  [['α', () => Type]],
  () => Type,
  (self, [alpha = Nat]) => ({ make: arrows(constant('True'), alpha, self) }),
);
const context = [color, box].reduce(extendContext, baseContext(commonEnvironment));
const Color = constant('Color');
const Box = (type: Expr): Expr => app(constant('Box'), type);

function generator(seed: number, { environment, producers }: Context): KernelTermGenerator {
  return new KernelTermGenerator(Random.of(seed), new Typing(environment), producers, []);
}

function axiom(type: Expr): Declaration {
  return { kind: 'axiom', name: 'wrong', levelParams: [], type, unsafe: false };
}

/** The context with a wrong equation in it. */
function withEquation(type: Expr, a: Expr, b: Expr): { wrong: Declaration; after: Context } {
  const level = sortOf(new Typing(context.environment), type);
  const statement = equal(level, type, a, b);
  const wrong = axiom(statement);
  return { wrong, after: extendContext(context, wrong) };
}

function isProofOfFalse({ environment }: Context, proof: Expr): boolean {
  const claim = { kind: 'theorem', name: 'claim', levelParams: [], type: False, value: proof } as const;
  return checkDeclaration(environment, claim).kind === 'accept';
}

describe('two values that can be told apart', () => {
  it.each<[string, Expr]>([
    ['Bool', Bool],
    ['Nat', Nat],
    ['Prop', Prop],
    ['Type', Type],
    ['lists', app(constant('List', [zero]), Nat)],
    ['pairs', app(constant('Prod', [zero, zero]), constant('PUnit', [one]), Bool)],
    ['functions', arrow(Nat, Bool)],
    ['predicates', arrow(Nat, Prop)],
    ['a type of the candidate', Color],
    ['a structure of the candidate, with a proof in it', Box(Color)],
    ['a structure inside a structure', Box(Box(Bool))],
  ])('make False of an equation between them: %s', (_, type) => {
    for (const seed of seeds) {
      const made = distinguish(generator(seed, context), type);
      if (made === undefined) expect.fail('none were found');
      const { after } = withEquation(type, ...made.values);
      const level = sortOf(new Typing(context.environment), type);
      expect(isProofOfFalse(after, fromEquation(type, level, made, constant('wrong')))).toBe(true);
    }
  });

  it.each<[string, Expr]>([
    ['proofs', constant('True')],
    ['proofs of a disjunction', app(constant('Or'), constant('True'), constant('True'))],
    ['a type with one value', constant('PUnit', [one])],
    ['a type without any', constant('Empty')],
    ['a large universe', sort({ kind: 'succ', of: { kind: 'succ', of: zero } })],
  ])('are not found among %s', (_, type) => {
    for (const seed of seeds) expect(distinguish(generator(seed, context), type)).toBeUndefined();
  });
});

describe('a wrong equation', () => {
  const some = (value: Expr): Expr => app(constant('Option.some', [zero]), Nat, value);
  const boxed = (value: Expr): Expr => app(constant('Box.make'), Nat, constant('True.intro'), value);

  it.each<[string, Expr, Expr, Expr]>([
    ['numbers', Nat, app(constant('Nat.add'), nat(1n << 64n), nat(1)), nat(1n << 64n)],
    ['truth values', Bool, app(constant('Nat.beq'), nat(3), nat(3)), constant('Bool.false')],
    ['constructors', Color, constant('Color.red'), app(constant('Color.of'), nat(0))],
    ['fields', Box(Nat), boxed(nat(2)), boxed(nat(5))],
    ['functions', arrow(Nat, Nat), lambda('x', Nat, nat(2)), lambda('x', Nat, nat(4))],
    [
      'options',
      app(constant('Option', [zero]), Nat),
      some(nat(1)),
      app(constant('Option.none', [zero]), Nat),
    ],
  ])('comes to False: %s', (_, type, a, b) => {
    const { wrong, after } = withEquation(type, a, b);
    const proofs = refuteEquation(Random.of(1), after, wrong);
    expect(proofs.some((proof) => isProofOfFalse(after, proof))).toBe(true);
  });

  it.each<[string, Declaration]>([
    ['two variables', axiom(forall('n', Nat, (n) => forall('m', Nat, (m) => equal(one, Nat, n, m))))],
    [
      'a field of a variable',
      axiom(forall('x', Box(Nat), (x) => equal(one, Nat, proj('Box', 1, x), nat(1n << 40n)))),
    ],
  ])('about variables comes to False: %s', (_, wrong) => {
    const after = extendContext(context, wrong);
    const proofs = refuteEquation(Random.of(1), after, wrong);
    expect(proofs.some((proof) => isProofOfFalse(after, proof))).toBe(true);
  });

  it.each<[string, Expr, Expr, Expr]>([
    ['right', Nat, nat(1), nat(1)],
    ['about texts, which our own kernel does not compare', constant('String'), string('a'), string('b')],
    [
      'about what is not modelled',
      constant('Char'),
      app(constant('Char.ofNat'), nat(97)),
      app(constant('Char.ofNat'), nat(98)),
    ],
    ['about types', Type, Nat, Bool],
  ])('is left alone when it is %s', (_, type, a, b) => {
    const { wrong, after } = withEquation(type, a, b);
    expect(refuteEquation(Random.of(1), after, wrong)).toEqual([]);
  });

  it('is none where a declaration says something else', () => {
    const other: Declaration = { kind: 'axiom', name: 'o', levelParams: [], type: Nat, unsafe: false };
    expect(refuteEquation(Random.of(1), context, other)).toEqual([]);
    expect(refuteEquation(Random.of(1), context, color)).toEqual([]);
  });
});
