import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/api/execution.js';
import type { ToPrimary } from '../../../src/campaign/message-protocol.js';
import { encodeTicket } from '../../../src/campaign/work.js';
import { Worker } from '../../../src/campaign/worker.js';
import { encodeEntry } from '../../../src/share/entry-codec.js';
import { header, workerSlot } from '../../../src/share/layout.js';
import { StopRequest } from '../../../src/share/states.js';
import type { SharedRegion } from '../../../src/share/region.js';
import { accepted, entry, execution, proved, refused } from '../../support/fakes.js';
import { FakeStages } from '../../support/fake-stages.js';
import { eventually } from '../../support/processes.js';
import { smallRegion } from '../../support/regions.js';

/** The primary's name as an owner of work. */
const primary = 2;

/** A worker on a region with tickets of so many runs each, and what it says; it is given findings when it has ended. */
function workerOn(
  region: SharedRegion,
  tickets: readonly number[],
  toShrink: readonly Uint8Array[] = [],
  level: 'source' | 'kernel' = 'source',
): { worker: Worker; said: ToPrimary[] } {
  const ring = region.workRing();
  let firstRun = 0;
  for (const count of tickets) {
    ring.push(primary, encodeTicket({ firstRun, count, isFollowed: false }));
    firstRun += count;
  }
  const said: ToPrimary[] = [];
  const findings = [...toShrink];
  const send = (message: ToPrimary): void => {
    said.push(message);
    if (message.type !== 'next finding') return;
    const bytes = findings.shift();
    const finding = bytes && { bytes, millis: 1000 };
    worker.onMessage(new FakeStages(), { type: 'finding', finding });
  };
  const outbox = { send, flush: () => Promise.resolve() };
  const worker = new Worker(region, { worker: 0, isolated: true, trace: true, level, lake: null }, outbox);
  return { worker, said };
}

/** Answers jobs, and says that the campaign ends when so many were run. */
function endingAfter(region: SharedRegion, jobs: number): FakeStages {
  const stages = new FakeStages();
  stages.answer = (job) => {
    if (stages.ran.length >= jobs) region.store(header.stop, StopRequest.finish);
    return execution({ steps: job.steps.map(() => accepted()) });
  };
  return stages;
}

/** The runs whose trace was sent. */
function traced(said: readonly ToPrimary[]): number[] {
  const lines = said.flatMap((message) => (message.type === 'trace' ? [message.line] : []));
  return lines.map((line) => (JSON.parse(line) as { run: number }).run);
}

describe('a worker that runs no more candidates', () => {
  it('makes findings smaller until there is none left', async () => {
    const region = smallRegion();
    const { worker } = workerOn(region, [1], [Uint8Array.of(1), Uint8Array.of(2)]);
    const stages = endingAfter(region, 1);
    worker.onMessage(stages, { type: 'entries', entries: [] });
    await worker.run(stages);
    expect(stages.shrunk).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  });

  it('leaves them where nobody wants to wait, and where it was retired', async () => {
    for (const type of ['leave findings', 'retire'] as const) {
      const region = smallRegion();
      const { worker, said } = workerOn(region, [1], [Uint8Array.of(1)]);
      const stages = endingAfter(region, 1);
      worker.onMessage(stages, { type: 'entries', entries: [] });
      worker.onMessage(stages, { type });
      await worker.run(stages);
      expect(said.some((message) => message.type === 'next finding')).toBe(false);
      expect(stages.shrunk).toEqual([]);
    }
  });
});

describe('a worker', () => {
  it('waits for what earlier runs have found, then does the tickets in their order', async () => {
    const region = smallRegion();
    const { worker, said } = workerOn(region, [2, 3]);
    const stages = endingAfter(region, 5);
    const running = worker.run(stages);
    await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual([{ type: 'catch-up' }]);
    expect(stages.ran).toEqual([]);

    worker.onMessage(stages, { type: 'entries', entries: [encodeEntry(entry({ id: 'old' }))] });
    await running;
    expect(stages.restored.map(({ id }) => id)).toEqual(['old']);
    // It beats with each of them: nobody takes a large corpus for a loop without an end.
    expect(region.load(region.slot(0) + workerSlot.worker_beat)).toBe(1);
    expect(traced(said)).toEqual([0, 1, 2, 3, 4]);
    expect(region.workRing().count()).toMatchObject({ ready: 0, taken: 0 });
    expect(stages.isStopped).toBe(true);
  });

  it('leaves what it did not run to others, with what is done of it', async () => {
    const region = smallRegion();
    const { worker, said } = workerOn(region, [4]);
    const stages = new FakeStages();
    // The campaign ends while the second candidate runs.
    let jobs = 0;
    const works = stages.run.bind(stages);
    stages.run = (job) => {
      if (++jobs > 2) return Promise.resolve(undefined);
      region.store(header.stop, StopRequest.finish);
      return works(job);
    };
    worker.onMessage(stages, { type: 'entries', entries: [] });
    await worker.run(stages);
    expect(traced(said)).toEqual([0, 1]);
    const ring = region.workRing();
    expect(ring.count()).toMatchObject({ ready: 0, taken: 1 });
    expect(ring.reopen(0)).toBe(1);
    expect(ring.claim(1)).toMatchObject({ progress: 2 });
  });

  it('reports errors before their candidates count as done, and goes on', async () => {
    const region = smallRegion();
    const { worker, said } = workerOn(region, [6, 6]);
    const stages = endingAfter(region, 10);
    const works = stages.generate.bind(stages);
    stages.generate = (run) => {
      if (run % 6 === 1) throw new TypeError('odd');
      return works(run);
    };
    worker.onMessage(stages, { type: 'entries', entries: [] });
    await worker.run(stages);
    expect(stages.failures.map(({ run }) => run)).toEqual([1, 7]);
    expect(traced(said)).toEqual([0, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
    expect(region.workRing().count()).toMatchObject({ ready: 0, taken: 0 });
  });

  it('counts errors in a row by the order of candidates, however far ahead they are made', async () => {
    const region = smallRegion({ workCapacity: 64 });
    const { worker } = workerOn(region, Array<number>(20).fill(2));
    const stages = endingAfter(region, 20);
    const works = stages.generate.bind(stages);
    stages.generate = (run) => {
      if (run % 2 === 1) throw new TypeError('odd');
      return works(run);
    };
    worker.onMessage(stages, { type: 'entries', entries: [] });
    await worker.run(stages);
    expect(stages.failures.length).toBeGreaterThan(15);

    const hopeless = smallRegion({ workCapacity: 64 });
    const other = workerOn(hopeless, Array<number>(20).fill(2)).worker;
    const failing = new FakeStages();
    failing.generate = () => {
      throw new TypeError('odd');
    };
    other.onMessage(failing, { type: 'entries', entries: [] });
    await expect(other.run(failing)).rejects.toThrow(
      '5 candidates in a row ended in the same error, at "generate": TypeError: odd (the last is candidate 4)',
    );
  });

  it('gives a ticket up that has ended too many workers, and says so', async () => {
    const region = smallRegion();
    const { worker, said } = workerOn(region, [2]);
    const ring = region.workRing();
    for (let i = 0; i < 3; i++) {
      expect(ring.claim(1)).toMatchObject({ attempts: i + 1 });
      ring.reopen(1);
    }
    ring.push(primary, encodeTicket({ firstRun: 2, count: 1, isFollowed: false }));
    const stages = new FakeStages();
    worker.onMessage(stages, { type: 'entries', entries: [] });
    const running = worker.run(stages);
    await eventually('both tickets are done with', () => {
      const { ready, taken } = ring.count();
      return ready + taken === 0;
    });
    region.store(header.stop, StopRequest.finish);
    await running;
    const errors = said.flatMap((message) => (message.type === 'error' ? [message.error] : []));
    expect(errors).toMatchObject([{ stage: 'run', name: 'WorkerEnded', run: 0, candidate: null }]);
    expect(traced(said)).toEqual([2]);
  });

  it('passes over an entry that can not be taken, and says which', async () => {
    const region = smallRegion();
    const { worker, said } = workerOn(region, [1]);
    const stages = endingAfter(region, 1);
    stages.restore = () => {
      throw new RangeError('too deep');
    };
    const bytes = encodeEntry(entry());
    worker.onMessage(stages, { type: 'entries', entries: [bytes, bytes.subarray(0, 9)] });
    await worker.run(stages);
    const errors = said.flatMap((message) => (message.type === 'error' ? [message.error] : []));
    expect(errors).toMatchObject([{ stage: 'share', name: 'RangeError' }]);
    expect(traced(said)).toEqual([0]);
  });

  it.each([
    ['source', 8],
    ['kernel', 12],
  ] as const)(
    'at %s level makes a ticket from the verdicts on those %i before it, no later ones',
    async (...at) => {
      const [level, lag] = at;
      const region = smallRegion({ workCapacity: 64 });
      const { worker } = workerOn(region, Array<number>(30).fill(2), [], level);
      const stages = endingAfter(region, 60);
      const seen: [number, number][] = [];
      const works = stages.generate.bind(stages);
      stages.generate = (run) => {
        seen.push([run, stages.applied.length]);
        return works(run);
      };
      worker.onMessage(stages, { type: 'entries', entries: [] });
      await worker.run(stages);
      expect(seen).toHaveLength(60);
      for (const [run, applied] of seen) {
        const ticket = Math.floor(run / 2);
        expect([run, applied]).toEqual([run, 2 * Math.max(0, ticket - (lag - 1))]);
      }
      expect(stages.applied).toEqual(Array.from({ length: 60 }, (_, run) => run));
    },
  );

  it.each([
    ['source', 1],
    ['kernel', 2],
  ] as const)('at %s level judges a ticket when it has handed over %i behind it', async (level, ahead) => {
    const region = smallRegion({ workCapacity: 64 });
    const { worker, said } = workerOn(region, Array<number>(8).fill(2), [], level);
    const stages = endingAfter(region, 16);
    let made = 0;
    const works = stages.generate.bind(stages);
    stages.generate = (run) => {
      made++;
      return works(run);
    };
    const madeAtVerdict: number[] = [];
    stages.reached = () => {
      madeAtVerdict.push(made);
      return new Uint32Array();
    };
    worker.onMessage(stages, { type: 'entries', entries: [] });
    await worker.run(stages);
    expect(madeAtVerdict).toEqual(
      Array.from({ length: 16 }, (_, run) => Math.min(16, 2 * (Math.floor(run / 2) + 1 + ahead))),
    );
    expect(traced(said)).toHaveLength(16);
  });

  it('waits for no answer while there is work, and counts candidates as done in their order', async () => {
    const region = smallRegion({ workCapacity: 64 });
    const { worker, said } = workerOn(region, [3, 3, 3]);
    const stages = new FakeStages();
    const order: string[] = [];
    const textOf = (job: Job): string => (job.steps[0]?.kind === 'text' ? job.steps[0].text : '');
    stages.answer = (job) => {
      order.push(`run ${textOf(job)}`);
      const isFirst = textOf(job).includes('f1 ');
      return execution({ claims: job.claims.map(() => (isFirst ? proved() : refused('no'))) });
    };
    // The second candidate claims to prove False: that is confirmed before anybody hears of it.
    let confirmations = 0;
    const confirming = stages.target.run;
    stages.target.run = (jobs) => {
      order.push(`ask ${++confirmations}`);
      return confirming(jobs);
    };
    worker.onMessage(stages, { type: 'entries', entries: [] });
    const running = worker.run(stages);
    await eventually('all tickets are done', () => {
      const { ready, taken } = region.workRing().count();
      return ready + taken === 0;
    });
    region.store(header.stop, StopRequest.finish);
    await running;
    expect(confirmations).toBeGreaterThan(0);
    // Asked behind the next ticket, which was handed over before that ticket was judged.
    expect(order.indexOf('ask 1')).toBeGreaterThan(order.indexOf('run def f5 := 1'));
    expect(traced(said)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(stages.findings).toHaveLength(1);
  });
});
