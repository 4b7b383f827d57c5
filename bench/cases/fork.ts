import { closeSync } from 'node:fs';
import { ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { header, workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import type { BenchCase, Measurement } from '../case.js';
import { freshJob } from '../jobs.js';
import { privateDirtyMiB } from '../memory.js';

/** As many candidates in one request as a campaign sends. */
const batch = 4;

export const fork: BenchCase = {
  name: 'fork',
  about: 'a fork of the warm zygote, and the private memory of a further executor',
  async run({ quick, note }) {
    note('booting a zygote');
    const region = SharedRegion.create({ workers: 2 });
    const zygote = await ZygoteProcess.start(region, defaultZygoteOptions);
    try {
      note('forking');
      const forks = await measureForks(region, quick ? 10 : 50);
      note('running jobs on a second executor');
      return [...forks, ...(await measureMemory(region, quick ? 100 : 600))];
    } finally {
      await zygote.kill();
      closeSync(region.fd);
    }
  },
};

async function measureForks(region: SharedRegion, count: number): Promise<Measurement[]> {
  const client = new ExecutorClient(region, 0);
  const forks: number[] = [];
  const replacements: number[] = [];
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    await client.replace();
    replacements.push(performance.now() - startedAt);
    forks.push(region.load(header.fork_micros) / 1000);
  }
  return [
    { name: 'fork', samples: forks, unit: 'ms', goal: { atMost: 40 } },
    { name: 'executor replaced, as its worker sees it', samples: replacements, unit: 'ms' },
  ];
}

/** The first executor stays as it was forked; the second does the work of a campaign. */
async function measureMemory(region: SharedRegion, jobs: number): Promise<Measurement[]> {
  const client = new ExecutorClient(region, 1);
  await client.replace();
  await client.run([{ level: 'source', steps: [], claims: [] }]);
  const executor = (): number => region.load(region.slot(1) + workerSlot.executor_pid);
  const atFirst = privateDirtyMiB(executor());
  for (let run = 0; run < jobs; run += batch) {
    await client.run(Array.from({ length: batch }, (_, i) => freshJob(run + i)));
  }
  const dirty = privateDirtyMiB(executor());
  return [
    { name: 'private memory, behind the fork', samples: [atFirst], unit: 'MiB' },
    // Where jobs ended executors, the number is that of the last one, and says less.
    { name: 'executors lost meanwhile', samples: [client.restarts], unit: 'count' },
    { name: `private memory, after ${jobs} jobs`, samples: [dirty], unit: 'MiB', goal: { atMost: 80 } },
  ];
}
