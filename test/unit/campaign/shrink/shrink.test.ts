import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses, type Answer } from '../../../../src/api/answer.js';
import { Shrinker, skip, type Pass, type ShrinkOptions } from '../../../../src/campaign/shrink/shrink.js';

/** Texts without one of their letters, from the first on. */
const dropLetter: Pass<string> = {
  name: 'drop a letter',
  edits: (text, tried) =>
    skip(
      Array.from(text, (_, at) => () => text.slice(0, at) + text.slice(at + 1)),
      tried,
    ),
};

const lower: Pass<string> = {
  name: 'lower',
  edits: (text, tried) => skip([() => text.toLowerCase()], tried),
};

/** Has to keep these letters. */
function keeping(letters: string): (texts: readonly string[]) => Promise<Answer[]> {
  return (texts) =>
    Promise.resolve(
      texts.map((text) =>
        Array.from(letters).every((one) => text.includes(one)) ? accepts : refuses('gone'),
      ),
    );
}

function shrinker(options: Partial<ShrinkOptions<string>>): Shrinker<string> {
  return new Shrinker({ test: keeping('ad'), batch: 1, budget: 1000, ...options });
}

describe('a shrinker', () => {
  it.each([1, 2, 7, 100])('comes to the same with %d tests at once', async (batch) => {
    const kept: string[] = [];
    const one = shrinker({ batch, onKept: (_, text) => kept.push(text) });
    expect(await one.round([dropLetter], 'abcdef')).toBe('ad');
    expect(kept).toEqual(['acdef', 'adef', 'adf', 'ad']);
    expect(one.isOver).toBe(false);
  });

  it('gives back the same form where no edit will do', async () => {
    const form = 'ad';
    expect(await shrinker({}).round([dropLetter], form)).toBe(form);
  });

  it('tests only what is less', async () => {
    const tested: string[] = [];
    const one = shrinker({
      test: (texts) => (tested.push(...texts), keeping('ad')(texts)),
      isLess: (edited, than) => edited.length < than.length,
    });
    expect(await one.round([lower, dropLetter], 'adX')).toBe('ad');
    expect(tested).not.toContain('adx');
  });

  it('never spends more than its budget, and says that it is over', async () => {
    let tested = 0;
    const one = shrinker({
      batch: 4,
      budget: 6,
      test: (texts) => ((tested += texts.length), keeping('abcdefgh')(texts)),
    });
    await one.round([dropLetter], 'abcdefgh');
    expect([tested, one.tried, one.isOver]).toEqual([6, 6, true]);
  });

  it('ends when there is no time left, with what it has', async () => {
    let isOver = false;
    const one = shrinker({ isOver: () => isOver, onKept: () => (isOver = true) });
    expect(await one.round([dropLetter], 'abcdef')).toBe('acdef');
  });

  it('keeps nothing to which there is no answer, and counts it', async () => {
    const one = shrinker({ test: (texts) => Promise.resolve(texts.map(() => noAnswer('no time'))) });
    expect(await one.round([dropLetter], 'abcd')).toBe('abcd');
    expect([one.unanswered, one.lastWhy]).toEqual([4, 'no time']);
  });
});
