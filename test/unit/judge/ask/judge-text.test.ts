import { describe, expect, it } from 'vitest';
import type { ClaimResult, Execution } from '../../../../src/api/execution.js';
import { judgeText } from '../../../../src/judge/ask/judge-text.js';
import { rowOf } from '../../../../src/judge/checks.js';
import { suffixes } from '../../../../src/judge/suffixes.js';
import { accepted, proved, refusal, refused, runnerOf } from '../../../support/fakes.js';

const missing = proved({ kind: 'missing' });
const no: ClaimResult = refused('unsolved goals');
const timedOut = { kind: 'timeout', message: 'no result after 5 ms', at: 1 } as const;

function behind(parts: Partial<Execution>): Promise<Awaited<ReturnType<typeof judgeText>>> {
  return judgeText(runnerOf({ claims: [missing] }, { steps: [accepted()], ...parts }), 'def f := 1');
}

describe('judgeText', () => {
  it('knows of no proof only where every attempt was answered', async () => {
    expect(await behind({ claims: suffixes.map(() => no) })).toMatchObject({ kind: 'none' });
    const [, ...others] = suffixes.map(() => no);
    const limit: ClaimResult = refused('(kernel) deep recursion detected');
    const verdict = await behind({ claims: [...others, limit] });
    expect(verdict).toMatchObject({
      kind: 'unknown',
      reasons: ['inferInstance: (kernel) deep recursion detected'],
    });
  });

  it('takes a search that found nothing within its limits for one that found nothing', async () => {
    const limit: ClaimResult = refused('(deterministic) timeout at `whnf`');
    expect(await behind({ claims: suffixes.map(() => limit) })).toMatchObject({ kind: 'none' });
    expect(await judgeText(runnerOf({ claims: [limit] }), 'theorem t := by simp')).toMatchObject({
      kind: 'unknown',
    });
  });

  it('does not know where the attempts were cut short', async () => {
    const verdict = await behind({ claims: [no, no], end: timedOut });
    expect(verdict).toMatchObject({
      kind: 'unknown',
      reasons: ['Lean gave no verdict: timeout: no result after 5 ms'],
    });
    expect(rowOf(verdict.answers)).toBe('lake_none_comp_none_safe_none');
  });

  it('does not know where the text is refused when it is run again', async () => {
    const steps = [{ ...accepted(), outcome: refusal('unknown identifier') }];
    expect(await behind({ steps })).toMatchObject({ kind: 'unknown' });
  });

  it('does not know of what was never put to Lean', async () => {
    const header = {
      ...no,
      outcome: { kind: 'not asked', message: 'not supported here: import Lean' },
    } as const;
    const verdict = await judgeText(runnerOf({ claims: [header] }), 'import Lean');
    expect(verdict).toMatchObject({
      kind: 'unknown',
      reasons: ['soundness_check: not asked: not supported here: import Lean'],
    });
    expect(rowOf(verdict.answers)).toBe('lake_none_comp_none_safe_none');
  });

  it('does not know of a proof that can not be replayed', async () => {
    const verdict = await judgeText(runnerOf({ claims: [proved()] }), 'theorem soundness_check : False := h');
    expect(verdict.kind).toBe('unknown');
    expect(rowOf(verdict.answers)).toBe('lake_pass_comp_none_safe_none');
  });
});
