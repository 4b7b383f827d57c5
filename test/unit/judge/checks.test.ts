import { describe, expect, it } from 'vitest';
import type { Answer, Checks } from '../../../src/api/lake.js';
import { judgeChecks, rowOf, rowOfSignature } from '../../../src/judge/checks.js';

function checks(lake: Answer, comparator: Answer, safeVerify: Answer): Checks {
  return { lake, comparator, safeVerify, remarks: [] };
}

describe('judgeChecks', () => {
  it.each<[Answer, Answer, Answer, string | undefined]>([
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
    expect(judgeChecks('decide', checks(lake, comparator, safeVerify))?.kind).toBe(kind);
  });

  it('names its row in the signature, from which it can be read again', () => {
    const answers = checks('pass', 'fail', 'none');
    const signature = judgeChecks('decide', answers)?.signature ?? '';
    expect(signature).toBe('lake_pass_comp_fail_safe_none decide');
    expect(rowOfSignature(signature)).toBe(rowOf(answers));
    expect(rowOfSignature('solution decide theorem')).toBeUndefined();
  });
});
