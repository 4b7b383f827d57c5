import { expect, it } from 'vitest';
import type { Rule } from '../../../src/api/signature.js';
import { correctAnswerTo } from '../../../src/store/correct-answer.js';

const answerTo = (kind: 'lead' | 'solution', rule: Rule, place = 'declaration'): string | undefined =>
  correctAnswerTo({
    kind,
    signature: {
      ...{ class: 'soundness', rule },
      place: place === 'unit' ? { kind: 'unit', of: 'mirrored' } : { kind: 'declaration', shape: 'theorem' },
    },
  });

it('rejects proofs of False, and what breaks a rule of the theory', () => {
  expect(answerTo('solution', { kind: 'proves False' })).toBe('reject');
  expect(answerTo('lead', { kind: 'accepts', breaks: 'a free variable' })).toBe('reject');
});

it('does not know of an equality by transitivity alone, which holds in the theory', () => {
  expect(answerTo('lead', { kind: 'accepts', breaks: 'an equality by transitivity alone' })).toBeUndefined();
  expect(answerTo('solution', { kind: 'accepts', breaks: 'an equality by transitivity alone' })).toBe(
    'reject',
  );
});

it('accepts what means the same as an accepted unit, and knows nothing of other refusals', () => {
  expect(answerTo('lead', { kind: 'refuses', says: 'x' }, 'unit')).toBe('accept');
  expect(answerTo('lead', { kind: 'refuses', says: 'x' })).toBeUndefined();
});
