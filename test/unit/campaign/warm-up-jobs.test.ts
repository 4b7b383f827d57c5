import { describe, expect, it } from 'vitest';
import { warmUpJobs } from '../../../src/campaign/warm-up-jobs.js';
import { bytesOfJobs } from '../../../src/execute/embedded/warm-up-input.js';
import { decode } from '../../../src/ir/tree-builder.js';

const jobs = warmUpJobs();

describe('what is run before the first fork', () => {
  it('is candidates, what their types have come to, and some in other words', () => {
    expect(jobs.filter(({ describe }) => (describe?.length ?? 0) > 0).length).toBeGreaterThan(100);
    expect(jobs.filter(({ made }) => made !== undefined).length).toBeGreaterThan(40);
    expect(new Set(jobs.map(({ level }) => level))).toEqual(new Set(['kernel']));
  });

  it('has all kinds of declarations', () => {
    const kinds = jobs.flatMap(({ steps }) =>
      steps.flatMap((step) =>
        step.kind === 'declaration' ? decode(step.words).map(({ kind }) => kind) : [],
      ),
    );
    expect(kinds.length).toBeGreaterThan(2000);
    for (const kind of ['axiom', 'definition', 'theorem', 'opaque', 'mutual', 'inductive'])
      expect(kinds).toContain(kind);
  });

  it('has few bytes for a pipe', () => {
    expect(bytesOfJobs(jobs).length).toBeLessThan(4 << 20);
  });
});
