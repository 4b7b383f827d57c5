import { describe, expect, it } from 'vitest';
import { withLevels } from '../../../../src/generate/dictionary/in-declaration.js';
import { baseContext, typingIn } from '../../../../src/generate/kernel/context.js';
import { orUndefined } from '../../../../src/generate/kernel/failure.js';
import { withNamedPart } from '../../../../src/generate/kernel/name-a-part.js';
import { restateLevels } from '../../../../src/generate/kernel/restate.js';
import { constant, sort } from '../../../../src/ir/expr.js';
import { param, zero } from '../../../../src/ir/level.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { Random } from '../../../../src/util/random.js';
import { deepTerms } from '../../../support/deep-terms.js';
import { axiom } from '../../../support/kernel-cases/case.js';

const depth = 20_000;

describe('a declaration that no stack holds', () => {
  it.each(Object.entries(deepTerms))('is said in other words: %s', (_, build) => {
    const declaration = axiom('a', build(depth, constant('c', [zero, param('u')])));
    const restated = Array.from({ length: 2 }, (__, seed) => restateLevels(Random.of(1, seed), declaration));
    for (const one of restated) expect(one).toHaveProperty('type.size', declaration.type.size);
    expect(restated.some((one) => one.kind === 'axiom' && one.type.hash !== declaration.type.hash)).toBe(
      true,
    );
    const own = withLevels(build(depth, sort(param('u'))), ['v']);
    expect(own.hash).toBe(build(depth, sort(param('v'))).hash);
  });

  it('has a part of it named', () => {
    const deep = deepTerms['lets in values']?.(depth) ?? constant('a');
    const t = typingIn(baseContext(baseEnvironment));
    const named = Array.from({ length: 6 }, (_, seed) =>
      orUndefined(() => withNamedPart(Random.of(2, seed), t, deep)),
    );
    expect(named.some((term) => term !== undefined)).toBe(true);
  });
});
