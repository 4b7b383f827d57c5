import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import type { SourceContext } from '../../../../src/generate/mutators/mutator.js';
import { ChunkStore } from '../../../../src/generate/mutators/source/chunk-store.js';
import { sourceMutators } from '../../../../src/generate/mutators/source/index.js';
import { reductionsOf } from '../../../../src/generate/mutators/source/reductions.js';
import { categories } from '../../../../src/generate/source/categories.js';
import { SourceGenerator } from '../../../../src/generate/source/generator.js';
import { Random } from '../../../../src/util/random.js';
import { unit, candidate } from '../../../support/fakes.js';
import { expectClosed, textOf } from '../../../support/candidates.js';
import { CandidateReader, CandidateWriter } from '../../../../src/share/candidate-bytes.js';
import { candidateCodec } from '../../../../src/share/candidate-codec.js';

const typeclasses = categories.filter(({ name }) => name === 'typeclass-poisoning');

/** Parents of all categories; every fourth one has classes and instances only, which are rare otherwise. */
function parentOf(run: number): Unit[] {
  const random = Random.of(9, run);
  const choose = run % 4 === 0 ? () => typeclasses[0] ?? expect.fail() : undefined;
  const generator = new SourceGenerator(random, `p${run.toString(36)}`, 40, choose);
  return generator.fresh();
}

function contextOf(run: number, chunks: ChunkStore): SourceContext {
  const random = Random.of(run, 1);
  const generator = new SourceGenerator(random, `m${run.toString(36)}`, 40);
  return {
    random,
    tag: 't',
    other: [],
    maxUnits: 20,
    grow: (units, count) => generator.extend(units, count),
    termsBehind: (units) => generator.termsBehind(units),
    chunks,
  };
}

const parents = Array.from({ length: 120 }, (_, run) => parentOf(run));
const chunks = new ChunkStore();
parents.forEach((units) => chunks.add(units));

/** Units as they come out of a store. */
function storedOf(units: readonly Unit[]): Unit[] {
  const out = new CandidateWriter();
  candidateCodec.write(out, candidate({ units }));
  return [...candidateCodec.read(new CandidateReader(out.packed())).units];
}

describe.each(sourceMutators)('mutator $name', (mutator) => {
  const results = parents.flatMap((parent, run) => {
    const child = mutator.mutate(Object.freeze(parent), contextOf(run, chunks));
    return child === undefined ? [] : [{ parent, child, run }];
  });

  it('has something to offer', () => {
    expect(results.length).toBeGreaterThan(3);
  });

  it('changes something, and keeps names bound before they are used', () => {
    for (const { parent, child } of results) {
      expect(child.map(textOf)).not.toEqual(parent.map(textOf));
      expectClosed(child);
      expect(child[0]?.kind).toBe('options');
      expect(child.length).toBeLessThanOrEqual(Math.max(20, parent.length));
    }
  });

  it('does the same for the same random numbers', () => {
    for (const { parent, child, run } of results.slice(0, 10))
      expect(mutator.mutate(parent, contextOf(run, chunks))).toEqual(child);
  });

  it('leaves units that a mutator can change again after they were stored', () => {
    for (const { child, run } of results.slice(0, 10)) {
      const stored = storedOf(child);
      expect(mutator.mutate(stored, contextOf(run, chunks))).toEqual(
        mutator.mutate(child, contextOf(run, chunks)),
      );
    }
  });
});

describe('reductions', () => {
  it('are smaller than what they reduce, and closed', () => {
    for (const parent of parents.slice(0, 40)) {
      for (const smaller of reductionsOf(parent)) {
        const length = (units: readonly Unit[]): number => units.map(textOf).join('').length;
        expect(length(smaller)).toBeLessThan(length(parent));
        expectClosed(smaller);
      }
    }
  });

  it('keep the options, and at least one unit behind them', () => {
    const two = [unit({ kind: 'options', declares: [] }), unit({ text: 'a', declares: ['a_1'] })];
    expect([...reductionsOf(two)]).toEqual([]);
  });
});
