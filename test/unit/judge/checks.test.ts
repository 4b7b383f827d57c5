import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses } from '../../../src/api/answer.js';
import type { Checks } from '../../../src/api/lake.js';
import { judgeChecks, rowOf, rowOfSignature } from '../../../src/judge/checks.js';

const answers = { pass: accepts, fail: refuses('no'), none: noAnswer('not asked') } as const;
type Word = keyof typeof answers;

function checks(lake: Word, comparator: Word, safeVerify: Word): Checks {
  return {
    lake: answers[lake],
    comparator: answers[comparator],
    safeVerify: answers[safeVerify],
    remarks: [],
  };
}

describe('judgeChecks', () => {
  it.each<[Word, Word, Word, string | undefined]>([
    ['pass', 'pass', 'pass', 'solution'],
    ['pass', 'pass', 'none', 'solution'],
    ['pass', 'none', 'pass', 'solution'],
    ['pass', 'none', 'none', 'lead'],
    ['pass', 'pass', 'fail', 'lead'],
    ['pass', 'fail', 'pass', 'lead'],
    ['pass', 'fail', 'fail', 'lead'],
    ['fail', 'pass', 'pass', 'lead'],
    ['fail', 'pass', 'none', 'lead'],
    ['fail', 'fail', 'none', undefined],
    ['fail', 'none', 'none', undefined],
    ['none', 'none', 'none', undefined],
  ])('Lake %s, comparator %s, SafeVerify %s: %s', (lake, comparator, safeVerify, kind) => {
    expect(judgeChecks('decide', checks(lake, comparator, safeVerify), false)?.kind).toBe(kind);
  });

  it('keeps what was built and nobody answered about when it was checked', () => {
    expect(judgeChecks('decide', checks('none', 'none', 'none'), true)).toMatchObject({
      kind: 'lead',
      reasons: ['"decide" is built, but nobody answered when it was checked'],
    });
    expect(judgeChecks('decide', checks('fail', 'none', 'none'), true)).toBeUndefined();
  });

  it('names its row in the signature, from which it can be read again', () => {
    const said = checks('pass', 'fail', 'none');
    const signature = judgeChecks('decide', said, true)?.signature ?? '';
    expect(signature).toBe('lake_pass_comp_fail_safe_none decide');
    expect(rowOfSignature(signature)).toBe(rowOf(said));
    expect(rowOfSignature('solution decide theorem')).toBeUndefined();
  });
});
