import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/api/candidate.js';
import { ChunkStore } from '../../../src/generate/mutators/source/chunk-store.js';
import { sourceMutators } from '../../../src/generate/mutators/source/index.js';
import { unitMutators } from '../../../src/generate/mutators/unit-mutators.js';
import { makeCandidate } from '../../../src/generate/schedule.js';
import { contentId } from '../../../src/share/entry-codec.js';
import { categories, categoriesOf } from '../../../src/generate/source/categories.js';
import { WorkerCorpus } from '../../../src/share/corpus.js';
import { expectClosed, textOf } from '../../support/candidates.js';
import { entry } from '../../support/fakes.js';

const nothing = { size: 0, pick: () => undefined };

/** Candidates as a worker would make them if everything were accepted and worth keeping. */
function campaign(seed: number, depth: number, runs: number): Candidate[] {
  const corpus = new WorkerCorpus();
  const chunks = new ChunkStore();
  return Array.from({ length: runs }, (_, run) => {
    const candidate = makeCandidate({ seed, depth, level: 'source', chunks }, run, corpus);
    corpus.add(entry({ id: contentId(candidate), candidate }));
    chunks.add(candidate.units);
    return candidate;
  });
}

const depths = [1, 15, 60];

describe.each(depths)('makeCandidate at depth %i', (depth) => {
  const candidates = campaign(7, depth, 320);

  it('repeats itself for the same seed', () => {
    expect(campaign(7, depth, 320)).toEqual(candidates);
  });

  it('gives other candidates for another seed', () => {
    const ids = new Set(candidates.map(contentId));
    const same = campaign(8, depth, 320).filter((candidate) => ids.has(contentId(candidate)));
    expect(same.length).toBeLessThan(32);
  });

  it('binds names before they are used, and none twice', () => {
    for (const { units } of candidates) expectClosed(units);
  });

  it('begins each candidate with its options, and has something behind them', () => {
    for (const { units } of candidates) {
      expect(units[0]?.kind).toBe('options');
      expect(units.length).toBeGreaterThan(1);
      expect(units.slice(1).every((unit) => unit.kind !== 'options')).toBe(true);
    }
  });

  it('writes down the lineage: known parents and what was done to them', () => {
    const known = new Set<string>();
    for (const [run, candidate] of candidates.entries()) {
      const { lineage } = candidate;
      expect(lineage).toMatchObject({ seed: 7, run });
      expect(lineage.parents.every((parent) => known.has(parent))).toBe(true);
      expect(lineage.mutators.length).toBe(lineage.parents.length === 0 ? 0 : 1);
      known.add(contentId(candidate));
    }
  });
});

describe('makeCandidate', () => {
  it('needs nothing but seed and run for a fresh candidate', () => {
    const options = { seed: 3, depth: 15, level: 'source' } as const;
    makeCandidate(options, 16, nothing);
    expect(makeCandidate(options, 17, nothing)).toEqual(makeCandidate(options, 17, nothing));
    expect(makeCandidate(options, 17, nothing).units).not.toEqual(makeCandidate(options, 18, nothing).units);
  });

  it('makes the same at kernel level whatever was made before', () => {
    const runs = Array.from({ length: 100 }, (_, run) => run);
    const made = (run: number): string =>
      contentId(makeCandidate({ seed: 4711, depth: 15, level: 'kernel' }, run, nothing));
    const first = runs.map(made);
    expect(runs.toReversed().map(made)).toEqual(first.toReversed());
  });

  it('uses each mutator and each kind of unit in a campaign', () => {
    const candidates = campaign(1, 15, 900);
    const mutators = new Set(candidates.flatMap(({ lineage }) => lineage.mutators));
    const names = [...unitMutators, ...sourceMutators].map(({ name }) => name);
    // Two instances that may change places are rare; that mutator has a test of its own.
    for (const name of names.filter((of) => of !== 'instance-swap')) expect(mutators, name).toContain(name);
    const kinds = new Set(candidates.flatMap(({ units }) => units.map((unit) => unit.kind)));
    for (const kind of ['def', 'theorem', 'inductive', 'mutual', 'structure', 'class', 'abbrev', 'opaque'])
      expect(kinds, kind).toContain(kind);
  });

  it('names the categories of the units, all ten in a campaign', () => {
    const candidates = campaign(1, 15, 300);
    for (const { lineage, units } of candidates) expect(lineage.categories).toEqual(categoriesOf(units));
    const seen = new Set(candidates.flatMap(({ lineage }) => lineage.categories));
    expect(seen).toEqual(new Set(categories.map(({ name }) => name)));
  });

  it.each([15, 60])('makes most candidates from parents and some from nothing at depth %i', (depth) => {
    const fresh = campaign(7, depth, 320).filter(({ lineage }) => lineage.parents.length === 0).length;
    expect(fresh).toBeGreaterThan(320 * 0.08);
    expect(fresh).toBeLessThan(320 * 0.5);
  });

  it('makes larger candidates at a larger depth', () => {
    const length = (depth: number): number =>
      campaign(2, depth, 200).reduce((sum, { units }) => sum + units.map(textOf).join('').length, 0);
    expect(length(15)).toBeGreaterThan(length(1));
    expect(length(60)).toBeGreaterThan(length(15));
  });
});
