import { describe, expect, it } from 'vitest';
import { mentionedNames } from '../../../src/ir/mentioned.js';
import { app, bvar, constant, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { one, zero } from '../../../src/ir/level.js';
import { baseEnvironment } from '../../../src/kernel/base-environment.js';
import { equalTerms } from '../../../src/kernel/equality.js';
import { DontKnow, IllTyped } from '../../../src/kernel/failure.js';
import { checkType, inferType, isProposition, sortOf } from '../../../src/kernel/infer.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { strict } from '../../../src/kernel/mode.js';
import { restorer } from '../../../src/kernel/inductive/nested.js';
import { whnf, whnfCore } from '../../../src/kernel/reduce.js';
import { Typing } from '../../../src/kernel/typing.js';
import { deepTerms } from '../../support/deep-terms.js';
import { axiom, data, Type } from '../../support/kernel-cases/case.js';

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

describe('a term about an auxiliary type', () => {
  const copy = constant('00.1');
  const restore = restorer(
    [
      {
        name: '00.1',
        container: 'List',
        levels: [zero],
        parameters: [constant('T')],
        constructors: new Map(),
      },
    ],
    0,
    new Map([['00.1.rec', 'T.rec_1']]),
  );

  it.each(Object.entries(deepTerms))('is said in terms of the container however deep: %s', (_, build) => {
    const mentioned = mentionedNames(axiom('a', restore(app(constant('00.1.rec'), build(depth, copy)))));
    expect(mentioned).toContain('List');
    expect(mentioned).toContain('T');
    expect(mentioned).toContain('T.rec_1');
    expect([...mentioned].filter((name) => name.startsWith('00.'))).toEqual([]);
  });

  it('has the arguments of a container behind its parameters', () => {
    const [auxiliary, x, y] = [constant('00.1'), bvar(7), constant('y')];
    const container = {
      name: '00.1',
      container: 'Vector',
      levels: [],
      constructors: new Map([['nil', '00.1.0']]),
    };
    const said = restorer(
      [{ ...container, parameters: [app(constant('T'), bvar(0)), bvar(1)] }],
      2,
      new Map(),
    );
    const given = [app(constant('T'), y), x];
    expect(said(app(auxiliary, x, y, x, app(auxiliary, x, y)))).toEqual(
      app(constant('Vector'), ...given, x, app(constant('Vector'), ...given)),
    );
    expect(said(app(constant('00.1.0'), x, y))).toEqual(app(constant('nil'), ...given));
  });

  it('is named by the container where a rule is broken', () => {
    const kernel = new Kernel(strict, { environment: baseEnvironment });
    const negative = pi('f', pi('x', bvar(0), constant('Nat')), app(constant('Neg'), bvar(1)));
    const Neg = data('Neg', pi('A', Type, Type), { mk: pi('A', Type, negative) }, { parameters: 1 });
    expect(kernel.add(Neg)).toEqual({ kind: 'accepts' });
    const T = data('T', Type, { mk: pi('x', app(constant('Neg'), constant('T')), constant('T')) });
    expect(kernel.add(T)).toMatchObject({ why: 'the nested Neg: a non positive occurrence' });
  });
});
