import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../src/campaign/coverage/calibrate.js';
import { firstsOf, newBlocksOf } from '../../../../src/campaign/coverage/firsts.js';
import { encode } from '../../../../src/ir/encode.js';
import { sort } from '../../../../src/ir/expr.js';
import { one } from '../../../../src/ir/level.js';
import type { Execution, Job } from '../../../../src/api/execution.js';
import { accepted, candidate, claim, execution } from '../../../support/fakes.js';

const words = encode([{ kind: 'axiom', name: 'A.x', levelParams: [], type: sort(one), unsafe: false }]);
const job: Job = {
  level: 'kernel',
  steps: [
    { kind: 'declaration', words },
    { kind: 'declaration', words: Uint32Array.of(1, 2, 3) },
    { kind: 'text', text: 'def f := 1\ndef g := 2' },
  ],
  claims: [claim],
};

describe('blocks that a job was the first to reach', () => {
  const firsts = [2, 0, 1, 3, 9].map((at) => ({ at, blocks: Uint32Array.of(10 - at, 40 + at) }));

  it('have the declaration that reached them', () => {
    const said = firstsOf(job, execution({ firsts })).map(({ declaration }) => declaration);
    expect(said.slice(0, 3)).toEqual(['def f := 1', 'A.x', 'words that are no declaration']);
    expect(said[3]).toContain('soundness_check');
    // Behind its claims a job reads back what its last step has made.
    expect(said[4]).toBe('def f := 1');
  });

  it('are all of them, in order', () => {
    expect([...newBlocksOf(execution({ firsts }))]).toEqual([1, 7, 8, 9, 10, 40, 41, 42, 43, 49]);
    expect([...newBlocksOf(execution())]).toEqual([]);
  });
});

describe('calibrating', () => {
  const asked: Job[] = [];
  const answering = (answer: Execution): Parameters<typeof calibrate>[0] => ({
    run: (jobs) => {
      asked.push(...jobs);
      return Promise.resolve([answer]);
    },
  });

  it('keeps those that another run reaches too, and says what it reaches in all', async () => {
    const again = execution({ steps: [accepted()], trace: Uint32Array.of(1, 3, 5) });
    const calibration = await calibrate(answering(again), candidate(), Uint32Array.of(3, 4));
    expect(calibration).toEqual({ blocks: Uint32Array.of(1, 3, 5), fresh: Uint32Array.of(3) });
    expect(asked.at(-1)).toMatchObject({ trace: true, claims: [] });
  });

  it('leaves new blocks as they were found where the other run gave no answer', async () => {
    const failure = { kind: 'crashed', message: '', at: 0 } as const;
    const calibration = await calibrate(
      answering(execution({ end: failure, trace: Uint32Array.of(5) })),
      candidate(),
      Uint32Array.of(3),
    );
    expect(calibration).toEqual({ blocks: Uint32Array.of(3), fresh: Uint32Array.of(3) });
  });
});
