import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses } from '../../../src/api/answer.js';
import type { Checks } from '../../../src/api/lake.js';
import { describeSignature } from '../../../src/api/signature.js';
import { judgeChecks, rowOf } from '../../../src/judge/checks.js';

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

  it('has its row in the signature', () => {
    const said = checks('pass', 'fail', 'none');
    const signature = judgeChecks('decide', said, true)?.signature;
    expect(signature).toMatchObject({ class: 'difference', rule: { kind: 'is checked', row: rowOf(said) } });
    expect(signature && describeSignature(signature)).toBe('lake_pass_comp_fail_safe_none decide');
  });
});
