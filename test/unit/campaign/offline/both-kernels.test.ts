import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../../src/api/execution.js';
import { bothAnswers } from '../../../../src/campaign/offline/both-kernels.js';
import type { JudgedFile } from '../../../../src/execute/embedded/judge-file.js';
import type { EveryAnswer } from '../../../../src/kernel/import/check-file.js';
import { embeddedLean } from '../../../../src/execute/embedded/package-files.js';
import { describeLean } from '../../../../src/api/lean.js';
import { noAnswer, refuses } from '../../../../src/util/answer.js';

const place = (at: number): { at: number; line: number; name: string } => ({
  at,
  line: at + 10,
  name: `c${at}`,
});
const refusal = (error: string): Refusal => ({ kind: 'refused', message: `(kernel) ${error}`, error });

const lean = embeddedLean();

const ours: EveryAnswer = {
  declarations: 6,
  others: [
    { ...place(1), answer: refuses('no') },
    { ...place(2), answer: refuses('no') },
    { ...place(3), answer: noAnswer('out of fuel') },
  ],
  micros: 2_000_000,
};
const theirs: JudgedFile = {
  declarations: 6,
  refused: [
    { ...place(1), refusal: refusal('kernel.other') },
    { ...place(4), refusal: refusal('kernel.other') },
    { ...place(5), refusal: refusal('kernel.deepRecursion') },
  ],
  micros: 500_000,
};

describe('answers of both kernels', () => {
  it('are the same, or differ, or one says nothing', () => {
    expect(bothAnswers(ours, theirs, lean)).toEqual({
      lean: describeLean(lean),
      ...{ accepted: 1, refused: 1, noAnswer: 2 },
      differences: [
        { ...place(2), ours: refuses('no'), theirs: { kind: 'accepts' } },
        { ...place(4), ours: { kind: 'accepts' }, theirs: refuses('(kernel) kernel.other') },
      ],
      ...{ oursPerSecond: 3, theirsPerSecond: 12 },
    });
  });

  it('are none behind a declaration that Lean was lost at, and where it read no further', () => {
    const lost = bothAnswers(
      ours,
      { ...theirs, refused: [], lost: { ...place(1), why: 'crashed: trap' } },
      lean,
    );
    expect(lost).toMatchObject({ accepted: 1, noAnswer: 5, differences: [] });
    const short = bothAnswers(ours, { ...theirs, refused: [], declarations: 1 }, lean);
    expect(short).toMatchObject({ accepted: 1, noAnswer: 5, differences: [] });
  });
});
