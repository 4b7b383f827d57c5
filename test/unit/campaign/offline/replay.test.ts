import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../../src/api/execution.js';
import { replayOnce, type Replayable } from '../../../../src/campaign/offline/replay.js';
import { ownKernelFor } from '../../../../src/judge/own-kernel.js';
import { embedded } from '../../../support/leans.js';
import { accepted, candidate, claim, proved, refused, runnerOf } from '../../../support/fakes.js';

const timedOut = { kind: 'timeout', message: 'no result after 5 ms', at: 0 } as const;
const crashed = { kind: 'crashed', message: 'WebAssembly trap', at: 0 } as const;

async function replay(parts: Partial<Replayable>, execution: Partial<Execution>): Promise<string> {
  const finding = { kind: 'lead', candidate: candidate() } as const;
  const whole = { ...finding, outcome: 'accepted', ...parts };
  const round = await replayOnce(runnerOf(execution), whole, ownKernelFor(embedded));
  return round.kind === 'accepts' ? round.kind : `${round.kind}: ${round.why}`;
}

describe('a round of a replay', () => {
  it('has no answer about a solution that is not finished', async () => {
    const kind = 'solution';
    expect(await replay({ kind, claim }, { end: timedOut })).toMatch(/^noAnswer: .*timeout/);
    expect(await replay({ kind, claim }, { claims: [refused('no')] })).toMatch(/^refuses: /);
  });

  it('asks for a proof of False where a confirmation had no answer', async () => {
    const proof = 'unanswered';
    expect(await replay({ proof, claim }, { claims: [proved()] })).toMatch(/^noAnswer: replay by the/);
  });

  it('has no answer about a claim that never came', async () => {
    expect(await replay({ claim }, { end: timedOut })).toMatch(/^noAnswer: timeout/);
    expect(await replay({ claim }, { claims: [proved()] })).toBe('accepts');
    expect(await replay({ claim }, { claims: [refused('no')] })).toMatch(/^refuses/);
    const limit = refused('maximum recursion depth has been reached');
    expect(await replay({ claim }, { claims: [limit] })).toMatch(/^noAnswer/);
  });

  it('has no answer about a difference, for which two have to be asked', async () => {
    expect(await replay({ class: 'difference' }, { steps: [accepted()] })).toMatch(/^noAnswer: a difference/);
  });

  it('tells a failure from another one, and from none', async () => {
    expect(await replay({ outcome: 'crashed' }, { end: crashed })).toBe('accepts');
    expect(await replay({ outcome: 'crashed' }, { end: timedOut })).toMatch(/^noAnswer/);
    expect(await replay({ outcome: 'crashed' }, { steps: [accepted()] })).toMatch(/^refuses/);
  });

  it('has no answer about what was odd where it ends before that shows', async () => {
    expect(await replay({}, { end: timedOut })).toMatch(/^noAnswer: timeout/);
  });
});
