import { describe, expect, it } from 'vitest';
import { finished, type Execution, type Job } from '../../../../src/api/execution.js';
import { Call, JobQueue, type AskedJob } from '../../../../src/execute/client/job-queue.js';

const job: Job = { level: 'kernel', steps: [], claims: [] };

function execution(of: number): Execution {
  return {
    steps: [{ outcome: { kind: 'accepted' }, micros: of, heartbeats: 0 }],
    claims: [],
    shapes: [],
    end: finished,
  };
}

interface Result {
  readonly executions: Execution[];
  readonly reason: unknown;
}

/** A call of so many jobs, and what has come of it. */
function ask(
  queue: JobQueue,
  count: number,
  isWanted: () => boolean = () => true,
): { readonly call: Call; readonly results: Partial<Result>[] } {
  const results: Partial<Result>[] = [];
  const call = new Call(
    count,
    isWanted,
    (executions) => results.push({ executions }),
    (reason) => results.push({ reason }),
  );
  queue.add(
    Array.from({ length: count }, (_, index) => ({
      kind: 'job',
      job,
      call,
      index,
      neverBegun: 0,
      killed: 0,
    })),
  );
  return { call, results };
}

/** Hands over so many, numbered from one on. */
function handOver(queue: JobQueue, ...numbers: readonly number[]): void {
  for (const number of numbers) {
    expect(queue.next?.kind).toBe('job');
    queue.shift(number);
  }
}

function nextJob(queue: JobQueue): AskedJob {
  const { next } = queue;
  if (next?.kind !== 'job') throw new Error('no job is next');
  return next;
}

describe('JobQueue', () => {
  it('answers each call with all of its executions, in the order in which they were asked for', () => {
    const queue = new JobQueue();
    const [first, second] = [ask(queue, 2), ask(queue, 1)];
    handOver(queue, 1, 2, 3);
    queue.finish(execution(1));
    expect(first.results).toEqual([]);
    queue.finish(execution(2));
    expect(first.results).toEqual([{ executions: [execution(1), execution(2)] }]);
    expect(queue.isEmpty).toBe(false);
    queue.finish(execution(3));
    expect(second.results).toEqual([{ executions: [execution(3)] }]);
    expect(queue.isEmpty).toBe(true);
  });

  it('passes over what nobody wants any more, and ends the answer there', () => {
    const queue = new JobQueue();
    let isWanted = true;
    const [unwanted, other] = [ask(queue, 3, () => isWanted), ask(queue, 1)];
    handOver(queue, 1);
    isWanted = false;
    expect(nextJob(queue).call).toBe(other.call);
    queue.finish(execution(1));
    expect(unwanted.results).toEqual([{ executions: [execution(1)] }]);
  });

  it('has jobs in flight wait again before all others, and counts what came to the oldest alone', () => {
    const queue = new JobQueue();
    ask(queue, 3);
    handOver(queue, 1, 2);
    queue.recall('never begun');
    expect(queue.inFlight).toEqual([]);
    expect(nextJob(queue)).toMatchObject({ index: 0, neverBegun: 1, killed: 0 });
    handOver(queue, 3);
    expect(nextJob(queue)).toMatchObject({ index: 1, neverBegun: 0, killed: 0 });
    queue.recall('killed');
    expect(nextJob(queue)).toMatchObject({ index: 0, neverBegun: 1, killed: 1 });
    handOver(queue, 4);
    queue.recall('unharmed');
    expect(nextJob(queue)).toMatchObject({ index: 0, neverBegun: 1, killed: 1 });
    handOver(queue, 5, 6);
    expect(nextJob(queue)).toMatchObject({ index: 2, neverBegun: 0, killed: 0 });
  });

  it('rejects one call and leaves the others, or all of them, each once', () => {
    const queue = new JobQueue();
    const [bad, good] = [ask(queue, 2), ask(queue, 2)];
    queue.rejectCall(bad.call, 'too large');
    expect(bad.results).toEqual([{ reason: 'too large' }]);
    handOver(queue, 1);
    expect(queue.inFlight[0]?.asked.call).toBe(good.call);
    queue.reject('stopped');
    expect(good.results).toEqual([{ reason: 'stopped' }]);
    expect(queue.isEmpty).toBe(true);
    expect(queue.next).toBeUndefined();
  });

  it('keeps the order between jobs and replacements, but for what goes first', () => {
    const queue = new JobQueue();
    ask(queue, 1);
    const { call } = ask(queue, 0);
    queue.add([{ kind: 'replace', call }]);
    queue.addFirst([{ kind: 'job', job, call, index: 7, neverBegun: 0, killed: 0 }]);
    expect(nextJob(queue).index).toBe(7);
    handOver(queue, 1, 2);
    expect(queue.next?.kind).toBe('replace');
    queue.shift();
    // A replacement is not in flight: it is done when it is handed over.
    expect(queue.inFlight.map(({ number }) => number)).toEqual([1, 2]);
  });
});
