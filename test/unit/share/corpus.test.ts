import { describe, expect, it } from 'vitest';
import { WorkerCorpus } from '../../../src/share/corpus.js';
import { Random } from '../../../src/util/random.js';
import { entry } from '../../support/fakes.js';

/** Entries that share/corpus.ts keeps at most. */
const capacity = 4096;

function corpusOf(count: number): WorkerCorpus {
  const corpus = new WorkerCorpus();
  for (let i = 0; i < count; i++) corpus.add(entry({ id: `e${i}` }));
  return corpus;
}

describe('WorkerCorpus', () => {
  it('takes an entry once', () => {
    const corpus = new WorkerCorpus();
    expect(corpus.add(entry())).toBe(true);
    expect(corpus.add(entry({ worker: 3, newFeatures: 9 }))).toBe(false);
    expect(corpus.size).toBe(1);
  });

  it.each(['timeout', 'out-of-memory', 'stack-overflow', 'crashed'] as const)(
    'does not build on a candidate that ended its executor: %s',
    (outcome) => {
      const corpus = new WorkerCorpus();
      expect(corpus.add(entry({ outcome }))).toBe(false);
      expect(corpus.size).toBe(0);
    },
  );

  it.each(['accepted', 'rejected'] as const)('builds on candidates that were %s', (outcome) => {
    expect(new WorkerCorpus().add(entry({ outcome }))).toBe(true);
  });

  it('is bounded, and takes new entries where it is full', () => {
    const corpus = corpusOf(capacity);
    expect(corpus.add(entry({ id: 'newcomer' }))).toBe(true);
    expect(corpus.size).toBe(capacity);
    expect(corpus.add(entry({ id: 'newcomer' }))).toBe(false);
  });

  it('gives up the entry that was picked most often', () => {
    const corpus = new WorkerCorpus();
    corpus.add(entry({ id: 'worn out', newFeatures: 1000 }));
    for (let i = 0; i < 20; i++) expect(corpus.pick(Random.of(i))?.id).toBe('worn out');
    for (let i = 1; i < capacity; i++) corpus.add(entry({ id: `e${i}`, newFeatures: 0 }));
    corpus.add(entry({ id: 'newcomer' }));
    const picked = Array.from({ length: 3 * capacity }, (_, i) => corpus.pick(Random.of(1, i))?.id);
    expect(picked).toContain('newcomer');
    expect(picked).not.toContain('worn out');
  });

  it('picks nothing from nothing, and everything sooner or later', () => {
    expect(new WorkerCorpus().pick(Random.of(1))).toBeUndefined();
    const corpus = corpusOf(10);
    const picked = new Set(Array.from({ length: 400 }, (_, i) => corpus.pick(Random.of(2, i))?.id));
    expect(picked.size).toBe(10);
  });

  it('prefers entries that are little work', () => {
    const corpus = new WorkerCorpus();
    corpus.add(entry({ id: 'light', heartbeats: 10 }));
    for (let i = 0; i < 9; i++) corpus.add(entry({ id: `heavy${i}`, heartbeats: 100_000 }));
    const picked = Array.from({ length: 60 }, (_, i) => corpus.pick(Random.of(4, i))?.id);
    expect(picked.filter((id) => id === 'light').length).toBeGreaterThan(7);
  });

  it('prefers entries with a feature that few candidates have shown', () => {
    const corpus = new WorkerCorpus();
    corpus.add(entry({ id: 'rare', features: Uint32Array.of(1, 7) }));
    for (let i = 0; i < 9; i++) corpus.add(entry({ id: `common${i}`, features: Uint32Array.of(1, 2) }));
    for (let i = 0; i < 300; i++) corpus.saw(Uint32Array.of(1, 2));
    corpus.saw(Uint32Array.of(7));
    const picked = Array.from({ length: 60 }, (_, i) => corpus.pick(Random.of(5, i))?.id);
    expect(picked.filter((id) => id === 'rare').length).toBeGreaterThan(15);
  });

  it('prefers entries that brought many new features', () => {
    const corpus = new WorkerCorpus();
    corpus.add(entry({ id: 'rich', newFeatures: 400 }));
    for (let i = 0; i < 9; i++) corpus.add(entry({ id: `poor${i}`, newFeatures: 0 }));
    const picked = Array.from({ length: 60 }, (_, i) => corpus.pick(Random.of(3, i))?.id);
    expect(picked.filter((id) => id === 'rich').length).toBeGreaterThan(12);
  });
});
