import { describe, expect, it } from 'vitest';
import { True, Nat } from '../../../src/ir/core-constants.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, nat, pi, type Expr } from '../../../src/ir/expr.js';
import { fun } from '../../../src/ir/hoas.js';
import { one, zero } from '../../../src/ir/level.js';
import { equal, reflexivity } from '../../../src/kernel/base/terms.js';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { assume } from '../../../src/kernel/assume.js';
import { checkDeclaration } from '../../../src/kernel/check.js';
import { faithful } from '../../../src/kernel/mode.js';

/** A quotient of proofs: all its values are equal, but a function lifted to it computes on a written one alone. */
const related = lambda('a', True, lambda('b', True, True));
const quotient = app(constant('Quot', [zero]), True, related);
const always = lambda('a', True, nat(1));
const respects = fun('a', True, () =>
  fun('b', True, () => fun('h', True, () => reflexivity(one, Nat, nat(1)))),
);
const lifted = app(constant('Quot.lift', [zero, one]), True, related, Nat, always, respects);
const g: Declaration = {
  ...{ kind: 'definition', name: 'g', levelParams: [], hint: 1, safety: 'safe' },
  ...{ type: pi('q', quotient, Nat), value: lambda('q', quotient, app(lifted, bvar(0))) },
};
const environment = assume(baseEnvironment, g);
const onVariable = app(constant('g'), bvar(0));
const onWritten = app(constant('g'), app(constant('Quot.mk', [zero]), True, related, constant('True.intro')));

/** For all q: these equations, each by reflexivity, in their order. */
function theorem(...sides: readonly (readonly [Expr, Expr])[]): Declaration {
  const all = sides.map(([a, b]) => ({
    statement: equal(one, Nat, a, b),
    proof: reflexivity(one, Nat, a),
  }));
  const { statement, proof } = all.reduceRight((rest, first) => ({
    statement: app(constant('And'), first.statement, rest.statement),
    proof: app(constant('And.intro'), first.statement, rest.statement, first.proof, rest.proof),
  }));
  return {
    ...{ kind: 'theorem', name: 't', levelParams: [] },
    ...{ type: pi('q', quotient, statement), value: lambda('q', quotient, proof) },
  };
}

describe('an equality that holds by transitivity alone', () => {
  const steps = [
    [onVariable, onWritten],
    [onWritten, nat(1)],
  ] as const;
  const whole = theorem(...steps, [onVariable, nat(1)]);

  it('is named where both steps came before it, by the theory, and refused in every mode', () => {
    expect(checkDeclaration(environment, theorem(...steps)).kind).toBe('accept');
    expect(checkDeclaration(environment, whole)).toMatchObject({
      kind: 'reject',
      rule: 'an equality by transitivity alone',
    });
    for (const release of ['4.28.0', '4.35.0'])
      expect(checkDeclaration(environment, whole, { mode: faithful(release) })).toMatchObject({
        kind: 'reject',
        rule: 'an argument of another type',
      });
  });

  it('is not what other errors are called', () => {
    expect(checkDeclaration(environment, theorem([onVariable, nat(1)], ...steps))).toMatchObject({
      rule: 'an argument of another type',
    });
    expect(checkDeclaration(environment, theorem(...steps, [onVariable, nat(2)]))).toMatchObject({
      rule: 'an argument of another type',
    });
  });
});
