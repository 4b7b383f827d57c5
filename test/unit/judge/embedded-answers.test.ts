import { describe, expect, it } from 'vitest';
import { describeAnswers, embeddedAnswers } from '../../../src/judge/embedded-answers.js';
import { proved, refused } from '../../support/fakes.js';

describe('embeddedAnswers', () => {
  it.each([
    ['a replayed proof', proved(), true, 'pass pass pass'],
    ['a proof that the kernel was not asked about again', proved(), null, 'pass none none'],
    ['a proof that the replay refuses', proved(), false, 'pass fail fail'],
    ['a refused claim', refused('unsolved goals'), null, 'fail fail fail'],
    ['no result at all', undefined, null, 'none none none'],
    ['another statement', proved({ statesFalse: false }), true, 'pass fail fail'],
    ['level parameters', proved({ levelParams: 1 }), true, 'pass fail fail'],
    ['no theorem', proved({ kind: 'definition' }), true, 'pass fail fail'],
    ['sorry', proved({ importedAxioms: ['sorryAx'] }), true, 'pass fail fail'],
    ['a permitted axiom', proved({ importedAxioms: ['propext'] }), true, 'pass pass pass'],
    [
      'an axiom of its own',
      proved({ reached: [{ name: 'k', kind: 'axiom', unsafe: false, partial: false }] }),
      true,
      'pass fail fail',
    ],
    [
      'something partial',
      proved({ reached: [{ name: 'f', kind: 'opaque', unsafe: false, partial: true }] }),
      true,
      'pass pass fail',
    ],
  ])('of %s', (_, result, replayed, expected) => {
    const { lake, comparator, safeVerify } = embeddedAnswers(result, replayed);
    expect([lake, comparator, safeVerify].join(' ')).toBe(expected);
  });
});

describe('describeAnswers', () => {
  it('never takes a missing verdict for an answer', () => {
    expect(describeAnswers(embeddedAnswers(proved(), null))).toBe(
      'Lake pass | Comparator no verdict | SafeVerify no verdict',
    );
  });
});
