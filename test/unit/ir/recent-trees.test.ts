import { describe, expect, it } from 'vitest';
import { RecentTrees, type Rebuildable } from '../../../src/ir/unit/recent-trees.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';
import { encode } from '../../../src/ir/encode.js';
import { app, nat } from '../../../src/ir/expr.js';
import { theorem } from '../../support/terms.js';

/** One of so many words that says when its tree is dropped. */
function rebuildable(words: number): Rebuildable & { dropped: number } {
  return {
    ...{ words, round: 0, dropped: 0 },
    dropTree() {
      this.dropped++;
    },
  };
}

describe('recent trees', () => {
  it('are those that were asked for among the last one to two rounds', () => {
    const recent = new RecentTrees(10);
    const [early, often, ...late] = Array.from({ length: 8 }, () => rebuildable(5));
    if (early === undefined || often === undefined) throw new Error('eight were made');
    recent.touch(early);
    for (const one of late) {
      recent.touch(often);
      recent.touch(one);
    }
    expect([early.dropped, often.dropped]).toEqual([1, 0]);
    // Trees that were asked for in this round or the one before are there.
    expect(late.map(({ dropped }) => dropped)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('take each for once in a round, however often it is asked for', () => {
    const recent = new RecentTrees(10);
    const [first, other] = [rebuildable(5), rebuildable(4)];
    recent.touch(first);
    for (let i = 0; i < 100; i++) recent.touch(other);
    expect([first.dropped, other.dropped]).toEqual([0, 0]);
  });
});

describe('a declaration of the kernel level', () => {
  it('is made again from its words when its tree was dropped', () => {
    const declaration = theorem(nat(7));
    const kept = [
      KernelUnit.of(declaration),
      KernelUnit.ofWords(encode([declaration]), KernelUnit.of(declaration)),
    ];
    const before = kept.map((unit) => [unit.words, unit.declaration] as const);
    // More words than trees are kept for.
    const large = Array.from({ length: 3000 }, (_, index) => nat(index));
    const words = Array.from(
      { length: 300 },
      (_, i) => KernelUnit.of(theorem(app(nat(i), ...large))).words.length,
    );
    expect(words.reduce((sum, length) => sum + length)).toBeGreaterThan(3 << 19);
    kept.forEach((unit, index) => {
      expect(unit.declaration).toEqual(declaration);
      expect(unit.declaration).not.toBe(before[index]?.[1]);
      expect(unit.declaration).toBe(unit.declaration);
      expect(unit.words).toBe(before[index]?.[0]);
    });
  });
});
