import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/api/execution.js';
import { constant, nat } from '../../../../src/ir/expr.js';
import { compareVariants } from '../../../../src/judge/differential/compare.js';
import type { Variant } from '../../../../src/judge/differential/variant.js';
import { definitionUnit } from '../../../support/kernel-units.js';

const accepted: StepResult = { outcome: { kind: 'accepted' }, micros: 1, heartbeats: 1 };
const refused = refusal('appTypeMismatch');

function refusal(name: string): StepResult {
  return { ...accepted, outcome: { kind: 'refused', message: `(kernel) ${name}`, error: `kernel.${name}` } };
}

const [first, second, third] = [
  definitionUnit('d_0', nat(0)).with({ kind: 'broken level count' }),
  definitionUnit('d_1', constant('d_0')),
  definitionUnit('d_2', nat(0)),
];
/** The three units, the second builds on the first. */
const inOrder: Variant = { name: 'unshared', units: [first, second, third], positions: [0, 1, 2] };
const moved: Variant = { name: 'reordered', units: [third, first, second], positions: [1, 2, 0] };

describe('compareVariants', () => {
  it('finds nothing where the verdicts agree, wherever the units stand and whatever the message', () => {
    expect(compareVariants([accepted, accepted, refused], inOrder, [accepted, accepted, refused])).toEqual(
      [],
    );
    expect(
      compareVariants([accepted, accepted, refused], moved, [refusal('other'), accepted, accepted]),
    ).toEqual([]);
  });

  it('reports a changed verdict with the unit, both messages and a signature', () => {
    const found = compareVariants([refused, accepted, accepted], moved, [accepted, accepted, accepted]);
    expect(found).toEqual([
      {
        variant: 'reordered',
        unit: 0,
        kind: 'broken level count',
        acceptedBy: 'variant',
        originalMessage: '(kernel) appTypeMismatch',
        variantMessage: '',
        reason:
          'a broken level count unit is accepted reordered and refused as it is: (kernel) appTypeMismatch',
        signature: {
          class: 'instability',
          rule: { kind: 'answers otherwise', when: 'reordered', says: '(kernel) appTypeMismatch' },
          place: { kind: 'declaration', shape: 'definition' },
        },
      },
    ]);
  });

  it('reports the first only of units that build on each other', () => {
    const results = [refused, refusal('unknownConstant'), refused];
    const found = compareVariants([accepted, accepted, accepted], inOrder, results);
    expect(found.map(({ unit, acceptedBy }) => [unit, acceptedBy])).toEqual([
      [0, 'original'],
      [2, 'original'],
    ]);
  });

  it.each(['deterministicTimeout', 'deepRecursion', 'excessiveMemory', 'interrupted'])(
    'takes %s for no verdict, nor what follows from it',
    (limit) => {
      const other = [refusal(limit), refusal('unknownConstant'), accepted];
      const all = [accepted, accepted, accepted];
      expect(compareVariants(all, inOrder, other)).toEqual([]);
      expect(compareVariants(other, inOrder, all)).toEqual([]);
    },
  );

  it('says nothing of units that were not reached', () => {
    expect(compareVariants([accepted], inOrder, [accepted, accepted, accepted])).toEqual([]);
    expect(compareVariants([accepted, accepted, accepted], moved, [accepted])).toEqual([]);
  });
});
