import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import { unitMutators } from '../../../../src/generate/mutators/unit-mutators.js';
import { makeCandidate } from '../../../../src/generate/schedule.js';
import { Random } from '../../../../src/util/random.js';
import { unit } from '../../../support/fakes.js';
import { expectClosed, textOf } from '../../../support/candidates.js';

const emptyCorpus = { size: 0, pick: () => undefined };

function parentOf(run: number): readonly Unit[] {
  return makeCandidate({ seed: 1, depth: 40, level: 'source' }, run, emptyCorpus).units;
}

/** Stands in for the generator: units that use the last one before them. */
function grow(units: readonly Unit[], count: number): Unit[] {
  const grown = [...units];
  for (let i = 0; i < count; i++) {
    const before = grown.at(-1)?.declares ?? [];
    grown.push(unit({ text: `grown ${grown.length}`, declares: [`g${grown.length}`], uses: before }));
  }
  return grown;
}

const attempts = 400;

describe.each(unitMutators)('mutator $name', (mutator) => {
  const results = Array.from({ length: attempts }, (_, i) => {
    const parent = Object.freeze(parentOf(i)); // a mutator that writes to it throws
    const context = { random: Random.of(i), tag: 't', other: parentOf(i + 1), grow, maxUnits: 12 };
    return { parent, child: mutator.mutate(parent, context) };
  }).filter((result): result is { parent: readonly Unit[]; child: Unit[] } => result.child !== undefined);

  it('has something to offer for many parents', () => {
    expect(results.length).toBeGreaterThan(attempts / 10);
  });

  it('keeps dependencies closed', () => {
    for (const { child } of results) expectClosed(child);
  });

  it('leaves the options first', () => {
    for (const { child } of results) {
      expect(child.filter((u) => u.kind === 'options')).toHaveLength(1);
      expect(child[0]?.kind).toBe('options');
    }
  });

  it('changes something, and does not touch its parent', () => {
    for (const [i, { parent, child }] of results.entries()) {
      expect(child, `result ${i}`).not.toEqual(parent);
    }
    expect(parentOf(5)).toEqual(parentOf(5));
  });

  it('stays within the bound where it adds units', () => {
    for (const { parent, child } of results)
      expect(child.length).toBeLessThanOrEqual(Math.max(12, parent.length));
  });
});

describe('mutators on hand-made units', () => {
  const options = unit({ kind: 'options', text: 'options', declares: [] });
  const a = unit({ text: 'a', declares: ['a'] });
  const usesA = unit({ text: 'b', declares: ['b'], uses: ['a'] });
  const alone = unit({ text: 'c', declares: ['c'] });
  const mutate = (name: string, parent: Unit[], other: Unit[] = [], seed = 1): Unit[] | undefined =>
    unitMutators
      .find((mutator) => mutator.name === name)
      ?.mutate(parent, { random: Random.of(seed), tag: 't', other, grow, maxUnits: 8 });

  it('drop takes what builds on the dropped unit with it', () => {
    const left = Array.from({ length: 40 }, (_, seed) =>
      mutate('drop', [options, a, usesA, alone], [], seed),
    );
    const texts = new Set(left.map((units) => units?.map(textOf).join(' ')));
    expect(texts).toEqual(new Set(['options c', 'options a c', 'options a b']));
  });

  it('reorder never puts a unit in front of what it builds on', () => {
    for (let seed = 0; seed < 40; seed++)
      expect(mutate('reorder', [options, a, usesA], [], seed)).toBeUndefined();
    expect(mutate('reorder', [options, a, alone])).toEqual([options, alone, a]);
  });

  it('splice brings what the spliced unit builds on, and nothing twice', () => {
    for (let seed = 0; seed < 40; seed++) {
      const spliced = mutate('splice', [options, a], [options, a, alone, usesA], seed);
      if (spliced === undefined) continue;
      expectClosed(spliced);
      expect(new Set(spliced.map(textOf)).size).toBe(spliced.length);
    }
    expect(mutate('splice', [options, a], [options, a])).toBeUndefined();
  });
});
