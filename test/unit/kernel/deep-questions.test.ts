import { describe, expect, it } from 'vitest';
import { app, bvar, constant, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { equalTerms } from '../../../src/kernel/equality.js';
import { DontKnow, IllTyped } from '../../../src/kernel/failure.js';
import { checkType, inferType, isProposition, sortOf } from '../../../src/kernel/infer.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { strict } from '../../../src/kernel/mode.js';
import { whnf, whnfCore } from '../../../src/kernel/reduce.js';
import { Typing } from '../../../src/kernel/typing.js';
import { deepTerms } from '../../support/deep-terms.js';
import { data, Type } from '../../support/kernel-cases/case.js';

const depth = 20_000;
const nought = constant('Nat.zero');

/** The answer to a question, or what was thrown instead. */
function asked(question: (t: Typing) => unknown): string {
  try {
    question(new Typing(baseEnvironment, null, 1e6, { maxSize: Infinity }));
    return 'an answer';
  } catch (error) {
    if (error instanceof DontKnow) return 'no answer';
    return error instanceof IllTyped ? 'no type' : String(error);
  }
}

describe('questions about terms that no stack holds', () => {
  it.each(Object.entries(deepTerms))('are answered or not, and throw nothing else: %s', (_, build) => {
    const term = build(depth);
    const answers = [
      asked((t) => whnf(t, term)),
      asked((t) => whnfCore(t, term)),
      asked((t) => inferType(t, term)),
      asked((t) => sortOf(t, term)),
      asked((t) => isProposition(t, term)),
      asked((t) => equalTerms(t, term, nought)),
      asked((t) => equalTerms(t, nought, term)),
    ];
    expect(new Set(answers)).toSatisfy((found: Set<string>) =>
      [...found].every((answer) => ['an answer', 'no answer', 'no type'].includes(answer)),
    );
  });

  it('have no answer where the stack ends, and what is asked next has one', () => {
    const t = new Typing(baseEnvironment, null, 1e6, { maxSize: Infinity });
    const term = deepTerms['successors']?.(depth) ?? nought;
    expect(() => checkType(t, term)).toThrow(DontKnow);
    expect(inferType(t, nought)).toEqual(constant('Nat'));
  });
});

describe('a constructor type that shares its parts at every depth', () => {
  /** A function type of its own body twice, so often; what it ends in stands under so many binders. */
  const shared = (end: Expr): Expr => {
    let type = end;
    for (let i = 0; i < depth; i++) type = pi('x', type, type);
    return type;
  };

  it.each([
    ['without parameters', data('T', Type, { mk: pi('x', shared(constant('T')), constant('T')) })],
    [
      'with one',
      data(
        'T',
        pi('A', Type, Type),
        { mk: pi('A', Type, pi('x', shared(sort(zero)), app(constant('T'), bvar(1)))) },
        { parameters: 1 },
      ),
    ],
    [
      'with one, and an occurrence at every depth',
      data(
        'T',
        pi('A', Type, Type),
        { mk: pi('A', sort(one), pi('x', shared(app(constant('T'), bvar(0))), app(constant('T'), bvar(1)))) },
        { parameters: 1 },
      ),
    ],
  ])('has an answer soon, %s', (_, declaration) => {
    const begun = process.cpuUsage();
    expect(new Kernel(strict, { environment: baseEnvironment }).add(declaration).kind).toMatch(
      /refuses|noAnswer/,
    );
    expect(process.cpuUsage(begun).user).toBeLessThan(5e6);
  });
});
