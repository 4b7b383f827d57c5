import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/api/execution.js';
import { shareEntry, type Judged } from '../../../src/campaign/share-entry.js';
import { costOf } from '../../../src/share/favoured.js';
import { FakeStages } from '../../support/fake-stages.js';
import { accepted, candidate, execution } from '../../support/fakes.js';

const none = new Uint32Array(0);
const trace = Uint32Array.of(3, 5, 8);
const ran = execution({ steps: [accepted()] });

class Watching extends FakeStages {
  readonly jobs: Job[] = [];
  override answer = (job: Job): typeof ran => {
    this.jobs.push(job);
    return { ...ran, ...(job.trace === true ? { trace } : {}) };
  };
}

async function shared(judged: Partial<Judged>, rivalCost: number): Promise<Watching> {
  const stages = new Watching();
  const all = { features: none, fresh: none, newBlocks: none, verdict: { kind: 'interesting' } as const };
  await shareEntry(stages, stages.followUps, { candidate: candidate(), rivalCost }, ran, {
    ...all,
    ...judged,
  } as Judged);
  return stages;
}

describe('an entry on a kernel whose code is watched', () => {
  it('is run once more where it reached new blocks, whatever it costs, and keeps all that it reaches', async () => {
    const { entries, jobs } = await shared({ newBlocks: Uint32Array.of(5, 6) }, 0);
    expect(jobs.map((job) => job.trace)).toEqual([true]);
    expect(entries).toMatchObject([{ blocks: trace, newFeatures: 1 }]);
  });

  it('is not shared where none of its new blocks comes again, and nothing else is new', async () => {
    expect((await shared({ newBlocks: Uint32Array.of(6) }, 0)).entries).toEqual([]);
  });

  it('with nothing but new features is run once more where it is cheap enough to be the cheapest somewhere', async () => {
    const fresh = Uint32Array.of(40, 41);
    const cheap = await shared({ fresh }, Infinity);
    expect([cheap.jobs.length, cheap.entries[0]?.blocks]).toEqual([1, trace]);
    const [entry] = cheap.entries;
    const cost = entry === undefined ? NaN : costOf(entry);
    const dear = await shared({ fresh }, cost);
    expect([dear.jobs.length, dear.entries.length]).toEqual([0, 1]);
    expect(dear.entries[0]).toMatchObject({ newFeatures: 2 });
    expect(dear.entries[0]?.blocks).toBeUndefined();
    expect((await shared({ fresh }, cost + 1)).jobs.length).toBe(1);
  });
});
