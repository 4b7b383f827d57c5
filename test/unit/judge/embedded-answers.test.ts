import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses } from '../../../src/api/answer.js';
import { wordOf } from '../../../src/judge/checks.js';
import { describeAnswers, embeddedAnswers, everywhere } from '../../../src/judge/embedded-answers.js';
import { proved, refused } from '../../support/fakes.js';

const unasked = noAnswer('not asked');

describe('embeddedAnswers', () => {
  it.each([
    ['a replayed proof', proved(), accepts, 'pass pass pass'],
    ['a proof that the kernel was not asked about again', proved(), unasked, 'pass none none'],
    ['a proof that the replay refuses', proved(), refuses('no'), 'pass fail fail'],
    ['a refused claim', refused('unsolved goals'), unasked, 'fail fail fail'],
    ['a claim that met a limit', refused('(kernel) deep recursion detected'), unasked, 'none none none'],
    ['another statement', proved({ statesFalse: false }), accepts, 'pass fail fail'],
    ['level parameters', proved({ levelParams: 1 }), accepts, 'pass fail fail'],
    ['no theorem', proved({ kind: 'definition' }), accepts, 'pass fail fail'],
    ['sorry', proved({ importedAxioms: ['sorryAx'] }), accepts, 'pass fail fail'],
    ['a permitted axiom', proved({ importedAxioms: ['propext'] }), accepts, 'pass pass pass'],
    [
      'an axiom of its own',
      proved({ reached: [{ name: 'k', kind: 'axiom', unsafe: false, partial: false }] }),
      accepts,
      'pass fail fail',
    ],
    [
      'something partial',
      proved({ reached: [{ name: 'f', kind: 'opaque', unsafe: false, partial: true }] }),
      accepts,
      'pass pass fail',
    ],
  ])('of %s', (_, result, replayed, expected) => {
    const { lake, comparator, safeVerify } = embeddedAnswers(result, replayed);
    expect([lake, comparator, safeVerify].map(wordOf).join(' ')).toBe(expected);
  });
});

describe('describeAnswers', () => {
  it('never takes a missing verdict for an answer', () => {
    expect(describeAnswers(embeddedAnswers(proved(), unasked))).toBe(
      'Lake pass | Comparator no verdict | SafeVerify no verdict',
    );
    expect(describeAnswers(everywhere(unasked))).toBe(
      'Lake no verdict | Comparator no verdict | SafeVerify no verdict',
    );
  });
});
