import { describe, expect, it } from 'vitest';
import type { ExecutionEnd } from '../../../src/api/execution.js';
import { countsOf } from '../../../src/campaign/counts.js';
import { WorkerCounters } from '../../../src/campaign/worker-counters.js';
import type { SharedRegion } from '../../../src/share/region.js';
import { accepted, candidate, execution, refused, unit } from '../../support/fakes.js';

function newExecutor() {
  return { restarts: 0, killed: 0, doubted: 0, canaries: { answered: 0, wrong: 0 } };
}

function newCounters(): {
  executor: ReturnType<typeof newExecutor>;
  aside: ReturnType<typeof newExecutor>;
  counters: WorkerCounters;
  sums: Record<string, number>;
} {
  const sums: Record<string, number> = {};
  const region: Pick<SharedRegion, 'addCounter'> = {
    addCounter: (_, name, by) => (sums[name] = (sums[name] ?? 0) + by),
  };
  const [executor, aside] = [newExecutor(), newExecutor()];
  const counters = new WorkerCounters(region as SharedRegion, 3, [executor, aside]);
  return { executor, aside, counters, sums };
}

function endedBy(kind: Exclude<ExecutionEnd['kind'], 'finished'>): ExecutionEnd {
  return { kind, message: '', at: 0 };
}

describe("a worker's counters", () => {
  it('sum up what candidates came to', () => {
    const { counters, sums } = newCounters();
    const two = candidate({ units: [unit(), unit()] });
    counters.count(countsOf(two, execution({ steps: [accepted(), refused('no')] })));
    counters.count(countsOf(two, execution({ steps: [accepted()], end: endedBy('timeout') })));
    expect(sums).toEqual({
      ...{ candidates: 2, declarations: 3, declarations_accepted: 2, lean_micros: 30, timeouts: 1 },
    });
  });

  it('tell crashes and memory apart, and leave out what was too large for us', () => {
    const { counters, sums } = newCounters();
    for (const kind of ['crashed', 'stack-overflow', 'out-of-memory', 'too-large'] as const)
      counters.count(countsOf(candidate(), execution({ steps: [], end: endedBy(kind) })));
    expect(sums).toEqual({ candidates: 4, crashes: 2, out_of_memory: 1 });
  });

  it('have what executors count by themselves once', () => {
    const { executor, aside, counters, sums } = newCounters();
    const counts = countsOf(candidate(), execution({ steps: [] }));
    Object.assign(executor, { restarts: 2, killed: 1, doubted: 5 });
    counters.count(counts);
    executor.restarts = 3;
    Object.assign(aside, { restarts: 1, canaries: { answered: 1, wrong: 0 } });
    Object.assign(executor.canaries, { answered: 4, wrong: 1 });
    counters.count(counts);
    expect(sums).toEqual({
      candidates: 2,
      restarts: 4,
      killed: 1,
      dropped: 5,
      canaries: 5,
      canaries_wrong: 1,
    });
  });
});
