import { describe, expect, it } from 'vitest';
import { app, constant, nat } from '../../../../src/ir/expr.js';
import { arrows, define, fun } from '../../../../src/ir/hoas.js';
import { questionsAbout } from '../../../../src/judge/differential/questions.js';
import { assume } from '../../../../src/kernel/assume.js';
import { Nat } from '../../../../src/ir/core-constants.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { faithful } from '../../../../src/kernel/mode.js';
import { Random } from '../../../../src/util/random.js';

const mode = faithful('4.35.0');
const double = define(
  'double',
  [],
  arrows(Nat, Nat),
  fun('n', Nat, (n) => app(constant('Nat.add'), n, n)),
);
const six = define('six', [], Nat, app(constant('double'), nat(3)), 2);
const environment = [double, six].reduce(assume, baseEnvironment);

function questions(declaration: Parameters<typeof questionsAbout>[2], seeds = 40) {
  return Array.from({ length: seeds }, (_, seed) => {
    let count = 0;
    return questionsAbout(Random.of(seed), environment, declaration, mode, () => `q${seed}_${count++}`);
  }).flat();
}

describe('questions about terms', () => {
  it('are of every kind, with answers that our own kernel gives', () => {
    const asked = [...questions(double), ...questions(six)];
    const kinds = new Set(asked.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'question of another type',
      'question of another value',
      'question of type',
      'question of value',
      'question of value by way of an unfolding',
    ]);
    expect(asked.every(({ made }) => made?.how === 'question')).toBe(true);
    for (const { expected, declaration } of asked)
      expect(checkDeclaration(environment, declaration, { mode }).kind).toBe(expected);
  });

  it('are asked under the binders of their terms', () => {
    const open = questions(double).filter(
      ({ declaration }) => 'type' in declaration && declaration.type.kind === 'pi',
    );
    expect(open.length).toBeGreaterThan(10);
  });

  it('are not asked of what is unsafe', () => {
    expect(questions({ ...double, safety: 'unsafe' })).toEqual([]);
  });
});
