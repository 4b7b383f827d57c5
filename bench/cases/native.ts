import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { closeSync } from 'node:fs';
import type { Unit } from '../../src/api/candidate.js';
import type { Job } from '../../src/api/execution.js';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import type { BenchCase, Measurement } from '../case.js';
import { privateDirtyMiB, processorMicros } from '../memory.js';
import { nativeCampaigns } from '../native-campaigns.js';

const questions = 12;
const depth = 30;
const batch = 16;

/** The embedded Lean and a native one, beside each other: the same declarations, with no campaign around them. Then campaigns. */
export const native: BenchCase = {
  name: 'native',
  about:
    'a native Lean (npm run fetch:lean) beside the embedded one: boot, declarations a second, memory; then campaigns on it',
  async run({ quick, note }) {
    const lean = await leanOfFolder('native Lean', fetchedToolchain());
    const jobs = Array.from({ length: quick ? 150 : 1500 }, (_, run) => jobOf(chain(run)));
    const kinds: [string, Partial<ZygoteOptions>][] = [
      ['embedded', {}],
      [lean.version, { native: lean }],
    ];
    const rows = new Map<string, number[]>();
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      for (const [name, options] of kinds) {
        note(`${name}, round ${round + 1}`);
        for (const [what, value] of Object.entries(await measured(options, jobs))) {
          const row = `${name}: ${what}`;
          rows.set(row, [...(rows.get(row) ?? []), value]);
        }
      }
    }
    const measurements = [...rows].map(([name, samples]) => ({
      name,
      samples,
      ...shownAs(name, lean.version),
    }));
    return [...measurements, ...(await nativeCampaigns(fetchedToolchain(), quick, note))];
  },
};

const [firstAnswer, oneExecutor, twoExecutors, work, memory, accepted] = [
  'start to first answer',
  'one executor',
  'two executors',
  'processor time of a declaration',
  'private memory of one',
  'accepted',
];

function shownAs(name: string, nativeVersion: string): Pick<Measurement, 'unit' | 'goal'> {
  const isNative = name.startsWith(nativeVersion);
  if (name.endsWith(firstAnswer)) return { unit: 'ms', ...(isNative ? { goal: { atMost: 1000 } } : {}) };
  if (name.endsWith(memory)) return { unit: 'MiB', ...(isNative ? { goal: { atMost: 60 } } : {}) };
  if (name.endsWith(work)) return { unit: 'us' };
  if (name.endsWith(accepted)) return { unit: '%' };
  if (name.endsWith(oneExecutor)) return { unit: '1/s', ...(isNative ? { goal: { atLeast: 7000 } } : {}) };
  return { unit: '1/s', ...(isNative ? { goal: { atLeast: 9000 } } : {}) };
}

async function measured(
  options: Partial<ZygoteOptions>,
  jobs: readonly Job[],
): Promise<Record<string, number>> {
  const startedAt = performance.now();
  const region = SharedRegion.create({ workers: 2 });
  const zygote = await startZygote(region, { ...defaultZygoteOptions, ...options });
  try {
    const limits = { ...defaultLimits, recycleAfterJobs: Infinity };
    const clients = [0, 1].map((worker) => new ExecutorClient(region, worker, limits));
    const [first] = clients;
    if (first === undefined) throw new Error('no client');
    await first.run(jobs.slice(0, 1));
    const answered = performance.now() - startedAt;
    await first.replace();
    const one = await throughput([first], jobs);
    const pid = region.load(region.slot(0) + workerSlot.executor_pid);
    const [mebibytes, micros] = [privateDirtyMiB(pid), processorMicros(pid)];
    for (const client of clients) await client.replace();
    const two = await throughput(clients, jobs);
    return {
      [firstAnswer]: answered,
      [oneExecutor]: one.rate,
      [twoExecutors]: two.rate,
      [work]: micros / one.declarations,
      [memory]: mebibytes,
      [accepted]: one.accepted,
    };
  } finally {
    await zygote.kill();
    closeSync(region.fd);
  }
}

/** Declarations a second, all clients together, each of which runs its share of the jobs. */
async function throughput(
  clients: readonly ExecutorClient[],
  jobs: readonly Job[],
): Promise<{ rate: number; accepted: number; declarations: number }> {
  const startedAt = performance.now();
  let good = 0;
  let all = 0;
  const each = clients.map(async (client, index) => {
    const own = jobs.filter((_, i) => i % clients.length === index);
    for (let at = 0; at < own.length; at += batch) {
      for (const { steps } of await client.run(own.slice(at, at + batch))) {
        all += steps.length;
        good += steps.filter(({ outcome }) => outcome.kind === 'accepted').length;
      }
    }
  });
  await Promise.all(each);
  return {
    rate: (all / (performance.now() - startedAt)) * 1000,
    accepted: (100 * good) / all,
    declarations: all,
  };
}

function chain(run: number): Unit[] {
  const generator = new KernelGenerator(Random.of(1, run), run.toString(36), depth, commonEnvironment);
  return generator.withQuestions(generator.fresh(), questions);
}

function jobOf(units: readonly Unit[]): Job {
  const lineage = { seed: 1, run: 0, parents: [], mutators: [], categories: [] };
  return jobFor({ level: 'kernel', lineage, units }, []);
}
