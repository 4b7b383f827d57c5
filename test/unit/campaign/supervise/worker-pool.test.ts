import type { Worker as ClusterWorker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ToWorker, WorkerOptions } from '../../../../src/campaign/message-protocol.js';
import { WorkerPool } from '../../../../src/campaign/supervise/worker-pool.js';
import { workerOptions } from '../../../../src/options/option-table.js';
import { defaultCampaignOptions } from '../../../../src/options/fill-options.js';
import { workerSlot } from '../../../../src/share/layout.js';
import { embedded } from '../../../support/leans.js';
import { smallRegion } from '../../../support/regions.js';

/** A worker process that does what a test says. */
class FakeProcess extends EventEmitter {
  readonly sent: ToWorker[] = [];
  readonly process = {
    pid: 1,
    stderr: new PassThrough(),
    kill: (): boolean => {
      this.end(null, 'SIGKILL');
      return true;
    },
  };
  private connected = true;

  constructor(readonly options: WorkerOptions) {
    super();
  }

  isConnected(): boolean {
    return this.connected;
  }

  send(message: ToWorker): void {
    this.sent.push(message);
    if (message.type === 'retire') setImmediate(() => this.end(0));
  }

  end(code: number | null, signal: string | null = null): void {
    if (!this.connected) return;
    this.connected = false;
    this.emit('exit', code, signal);
    this.emit('disconnect');
  }
}

function poolOf(workers: number, executors = workers) {
  const region = smallRegion({ workers, executors });
  const processes: FakeProcess[] = [];
  const said: string[] = [];
  const options = {
    ...workerOptions(defaultCampaignOptions),
    seed: 7,
    importFrom: 0,
    lake: () => null,
    isCore: false,
    lean: embedded,
    asksOthers: false,
  };
  const events = {
    message: (worker: number, { type }: { type: string }) => said.push(`${worker} says ${type}`),
    replaced: (worker: number, how: string, reopened: number) =>
      said.push(`${worker} replaced (${how}), ${reopened} reopened`),
    failed: (error: Error) => said.push(`failed: ${error.message}`),
  };
  const fork = (told: WorkerOptions): ClusterWorker => {
    const process = new FakeProcess(told);
    processes.push(process);
    return process as unknown as ClusterWorker;
  };
  return { region, processes, said, pool: new WorkerPool(region, options, events, fork) };
}

describe('a pool of workers', () => {
  it('starts them in free slots, as many as there are, each with its number', () => {
    const { pool, processes } = poolOf(2);
    expect(pool.add(5).workers).toEqual([0, 1]);
    expect(processes.map(({ options }) => [options.worker, options.seed])).toEqual([
      [0, 7],
      [1, 7],
    ]);
    expect([pool.freeSlots, pool.workers, pool.isAlive(1)]).toEqual([[], [0, 1], true]);
    expect(pool.add(1).workers).toEqual([]);
  });

  it('replaces one that dies, with its executors named for killing and its tickets open again', () => {
    const { region, pool, processes, said } = poolOf(1, 2);
    pool.add(1);
    [3, 5].forEach((wanted, executor) =>
      region.store(region.slot(executor) + workerSlot.executor_wanted, wanted),
    );
    processes[0]?.emit('message', { type: 'notice', text: 'so' });
    processes[0]?.end(null, 'SIGSEGV');
    expect(said).toEqual(['0 says notice', '0 replaced (SIGSEGV), 0 reopened']);
    expect(processes).toHaveLength(2);
    const killed = [0, 1].map((executor) => region.load(region.slot(executor) + workerSlot.executor_kill));
    expect(killed).toEqual([3, 5]);
    expect(region.counter(0, 'restarts')).toBe(1);
    expect(pool.isAlive(0)).toBe(true);
  });

  it('says the error of one that dies in a line, and nothing else of what it writes', async () => {
    const { pool, processes, said } = poolOf(1);
    pool.add(1);
    processes[0]?.process.stderr.write(
      'node:events:502\n      throw er;\n\nError: write EPIPE\n    at target._send (node:internal)\n\nNode.js v20.20.2\n',
    );
    await turn();
    processes[0]?.end(1);
    expect(said).toEqual(['0 replaced (status 1: Error: write EPIPE), 0 reopened']);
  });

  it('looks after those that boot, too', () => {
    const { region, pool } = poolOf(2);
    pool.add(2);
    region.store(region.slot(1) + workerSlot.worker_pid, 1);
    region.store(region.slot(1) + workerSlot.worker_beat, 9);
    expect(pool.watched.map(({ name, beat, isBooting }) => [name, beat, isBooting])).toEqual([
      ['worker 0', 0, true],
      ['worker 1', 9, false],
    ]);
  });

  it('gives up after five quick deaths in a row', () => {
    const { pool, processes, said } = poolOf(1);
    pool.add(1);
    for (let death = 0; death < 5; death++) processes.at(-1)?.end(1);
    expect(said.at(-1)).toBe('failed: worker 0: died 5 times in a row at start (status 1)');
    expect(processes).toHaveLength(5);
    expect(pool.add(1).workers).toEqual([]);
  });

  it('ends the campaign by what a worker says last', () => {
    const { pool, processes, said } = poolOf(1);
    pool.add(1);
    processes[0]?.emit('message', { type: 'fatal', message: 'no room', exitCode: 78 });
    processes[0]?.end(78);
    expect(said).toEqual(['failed: worker 0: no room']);
    expect(processes).toHaveLength(1);
  });

  it('retires those that came together, and gives their slots to the next', async () => {
    const { pool, processes, said } = poolOf(3);
    pool.add(1);
    const group = pool.add(2);
    await group.retire(1_000_000);
    expect(processes.map(({ sent }) => sent)).toEqual([[], [{ type: 'retire' }], [{ type: 'retire' }]]);
    expect([pool.workers, pool.freeSlots, said]).toEqual([[0], [1, 2], []]);
    expect(pool.add(1).workers).toEqual([1]);
  });

  it('kills who does not end in time, and at once who is told so', async () => {
    const { pool } = poolOf(2);
    pool.add(2);
    await pool.stop(0);
    expect([pool.isAlive(0), pool.isAlive(1)]).toEqual([false, false]);
    const second = poolOf(1);
    second.pool.add(1);
    // A patience that the test would not outlive.
    await second.pool.stop(1_000_000, AbortSignal.abort());
    expect(second.pool.isAlive(0)).toBe(false);
  });
});
