import { describe, expect, it } from 'vitest';
import { sort } from '../../../src/ir/expr.js';
import { one } from '../../../src/ir/level.js';
import type { Inductive } from '../../../src/ir/declaration.js';
import { assume } from '../../../src/kernel/assume.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';

const empty: Inductive = {
  kind: 'inductive',
  levelParams: [],
  parameters: 0,
  types: [{ name: 'E', type: sort(one), constructors: [] }],
  unsafe: false,
};

describe('a constant that is worked out on request', () => {
  it('is found, and what an environment lists does not depend on whether somebody asked', () => {
    const environment = assume(commonEnvironment, empty);
    const before = [environment.rootNames, environment.addedNames, environment.added, environment.written];
    expect(environment.addedNames).toContain('E.rec');
    expect(environment.find('E.rec')?.details.kind).toBe('recursor');
    expect([environment.rootNames, environment.addedNames, environment.added, environment.written]).toEqual(
      before,
    );
    expect(environment.added.map(({ name }) => name)).toEqual(['E']);
    expect(environment.all.map(({ name }) => name)).toContain('E.rec');
  });
});

describe('a declaration that is assumed again', () => {
  it('gives the same environment behind the same one, and another behind another', () => {
    const after = assume(commonEnvironment, empty);
    expect(assume(commonEnvironment, empty)).toBe(after);
    expect(assume(after, empty)).not.toBe(after);
  });
});

describe('what is assumed', () => {
  it('is as safe as it says', () => {
    const all = (unsafe: boolean): unknown =>
      assume(commonEnvironment, { ...empty, unsafe }).added.map(({ safety }) => safety);
    expect(all(true)).toEqual(['unsafe']);
    expect(all(false)).toEqual(['safe']);
  });
});
