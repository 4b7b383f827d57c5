import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import { independent, withDependencies, without } from '../../../../src/generate/mutators/dependencies.js';
import { unit } from '../../../support/fakes.js';
import { textOf } from '../../../support/candidates.js';

const a = unit({ text: 'a', declares: ['a', 'a.mk'] });
const b = unit({ text: 'b', declares: ['b'], uses: ['a.mk'] });
const c = unit({ text: 'c', declares: ['c'], uses: ['b'] });
const alone = unit({ text: 'alone', declares: ['alone'] });
const units = [a, alone, b, c];

function texts(list: readonly Unit[]): string {
  return list.map(textOf).join(' ');
}

describe('dependencies', () => {
  it.each([
    [[0], 'alone'],
    [[1], 'a b c'],
    [[2], 'a alone'],
    [[3], 'a alone b'],
    [[1, 2], 'a'],
    [[], 'a alone b c'],
  ])('without %j leaves "%s"', (removed, left) => {
    expect(texts(without(units, new Set(removed)))).toBe(left);
  });

  it.each([
    [0, 'a'],
    [1, 'alone'],
    [2, 'a b'],
    [3, 'a b c'],
  ])('withDependencies of unit %i is "%s"', (index, kept) => {
    expect(texts(withDependencies(units, index))).toBe(kept);
  });

  it('independent looks at every name that the first declares', () => {
    expect(independent(a, alone)).toBe(true);
    expect(independent(a, b)).toBe(false);
    expect(independent(b, a)).toBe(true);
  });
});
