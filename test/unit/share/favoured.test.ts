import { describe, expect, it } from 'vitest';
import type { CorpusEntry } from '../../../src/api/entries.js';
import { WorkerCorpus } from '../../../src/share/corpus.js';
import { costOf, Favoured } from '../../../src/share/favoured.js';
import { Random } from '../../../src/util/random.js';
import { entry } from '../../support/fakes.js';

/** Entries after which the favoured ones are chosen anew. */
const chooseAfter = 32;

function reaching(id: string, heartbeats: number, ...blocks: number[]): CorpusEntry {
  return entry({ id, heartbeats, newFeatures: 0, blocks: Uint32Array.from(blocks) });
}

/** All of them, with the favoured ones chosen: what fills up reaches nothing of its own. */
function favouredAmong(entries: readonly CorpusEntry[]): Favoured {
  const favoured = new Favoured();
  entries.forEach((one) => favoured.add(one));
  for (let i = 0; i < chooseAfter; i++) favoured.add(reaching(`f${i}`, 1e9, 1));
  return favoured;
}

describe('Favoured', () => {
  it('takes an entry that names a block which no kernel has', () => {
    const damaged = reaching('damaged', 10, 1, 2 ** 32 - 1);
    const favoured = favouredAmong([damaged, reaching('sound', 1000, 2)]);
    expect(favoured.has(damaged)).toBe(true);
    expect(favoured.rarity(damaged)).toBeGreaterThanOrEqual(1);
  });

  it('is the cheapest entry for each block, and no more than reach all of them', () => {
    const cheap = reaching('cheap', 10, 1, 2, 3);
    const dear = reaching('dear', 1000, 1, 2, 3, 4);
    const other = reaching('other', 500, 1, 2);
    const favoured = favouredAmong([cheap, dear, other]);
    expect([cheap, dear, other].map((one) => favoured.has(one))).toEqual([true, true, false]);
  });

  it('passes on to a cheaper one', () => {
    const dear = reaching('dear', 1000, 1, 2);
    const cheap = reaching('cheap', 10, 1, 2);
    expect(favouredAmong([dear]).has(dear)).toBe(true);
    const favoured = favouredAmong([dear, cheap]);
    expect([dear, cheap].map((one) => favoured.has(one))).toEqual([false, true]);
  });

  it('is rarer the fewer entries reach what it reaches, and no entry without blocks has a part in it', () => {
    const rare = reaching('rare', 10, 1, 99);
    const common = reaching('common', 10, 1);
    const none = entry({ id: 'none' });
    const favoured = favouredAmong([rare, common, none]);
    expect(favoured.rarity(rare)).toBe(4);
    expect(favoured.rarity(common)).toBe(1);
    expect([favoured.rarity(none), favoured.has(none)]).toEqual([1, false]);
  });

  it('knows from which cost on an entry is no rival to most of those at the top, as of when they were chosen', () => {
    const favoured = new Favoured();
    favoured.add(reaching('cheap', 10, 1, 2));
    expect(favoured.rivalCost).toBe(Infinity);
    const dear = [3, 4, 5].map((block) => reaching(`dear${block}`, 1000, 1, block));
    const chosen = favouredAmong([reaching('cheap', 10, 1, 2), ...dear]);
    // Five blocks, of which three are reached by dear entries only.
    expect(chosen.rivalCost).toBe(costOf(reaching('dear', 1000)));
    const cheaper = favouredAmong([...dear, ...[3, 4].map((block) => reaching(`c${block}`, 10, 1, block))]);
    expect(cheaper.rivalCost).toBe(costOf(reaching('cheap', 10)));
  });

  it('forgets what left', () => {
    const only = reaching('only', 10, 1, 7);
    const favoured = favouredAmong([only]);
    favoured.remove(only);
    expect([favoured.has(only), favoured.rarity(only)]).toEqual([false, 1]);
  });
});

it('a corpus picks favoured entries more often', () => {
  const corpus = new WorkerCorpus();
  for (let i = 0; i < 2 * chooseAfter; i++) corpus.add(reaching(`e${i}`, 100, 1, 2));
  const rare = reaching('rare', 100, 1, 2, 50);
  corpus.add(rare);
  for (let i = 0; i < chooseAfter; i++) corpus.add(reaching(`g${i}`, 100, 1, 2));
  const random = Random.of(1, 1);
  const picks = Array.from({ length: 200 }, () => corpus.pick(random)?.id);
  expect(picks.filter((id) => id === 'rare').length).toBeGreaterThan(200 / corpus.size);
});
