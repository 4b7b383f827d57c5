import { commonEnvironment } from '../../src/kernel/base-environment.js';
import { closeSync } from 'node:fs';
import type { Unit } from '../../src/api/candidate.js';
import type { Snapshot } from '../../src/api/campaign.js';
import type { Job } from '../../src/api/execution.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { KernelGenerator } from '../../src/generate/kernel/kernel-generator.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import { runCampaign } from '../campaign.js';
import type { BenchCase, Measurement } from '../case.js';
import { childrenOf, childrensMicros, privateDirtyMiB, processorMicros } from '../memory.js';

/** Questions behind each candidate, as in a campaign; see src/generate/schedule.ts. */
const questions = 20;
const batch = 16;

/** Declarations through the kernel: in one batch run, in campaigns, and for as long as memory might grow. */
export const kernel: BenchCase = {
  name: 'kernel',
  about: 'declarations a second at the kernel level, what is accepted, and memory over many of them',
  async run({ quick, note }) {
    note('generating');
    const startedAt = performance.now();
    const candidates = Array.from({ length: quick ? 500 : 3000 }, (_, run) => defaultMix(run));
    const units = candidates.flat();
    const generation = ((performance.now() - startedAt) * 1000) / units.length;
    const rows = await onExecutor(async (client, memory) => {
      note('a batch run on one executor');
      const batches = await batchRun(client, candidates, quick ? 1 : 3);
      note('memory');
      return [...batches, ...(await memoryOver(client, memory, candidates, quick ? 30_000 : 1_000_000))];
    });
    const campaigns = await endToEnd(quick, note);
    return [
      ...rows,
      ...campaigns,
      { name: 'generation of a declaration', samples: [generation], unit: 'us' },
      ...content(units),
    ];
  },
};

function defaultMix(run: number): Unit[] {
  const generator = new KernelGenerator(Random.of(1, run), run.toString(36), 15, commonEnvironment);
  return generator.withQuestions(generator.fresh(), questions);
}

async function onExecutor<T>(
  action: (client: ExecutorClient, memory: () => number) => Promise<T>,
): Promise<T> {
  const region = SharedRegion.create({ workers: 1 });
  const zygote = await ZygoteProcess.start(region, defaultZygoteOptions);
  try {
    const client = new ExecutorClient(region, 0, { ...defaultLimits, recycleAfterJobs: Infinity });
    await client.replace();
    return await action(client, () => privateDirtyMiB(region.load(region.slot(0) + workerSlot.executor_pid)));
  } finally {
    await zygote.kill();
    closeSync(region.fd);
  }
}

async function batchRun(
  client: ExecutorClient,
  candidates: readonly Unit[][],
  rounds: number,
): Promise<Measurement[]> {
  const rates: number[] = [];
  const accepted: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // An executor keeps results of prefixes: each round gets a new one, or it would measure its memory.
    await client.replace();
    let declarations = 0;
    let ordinary = 0;
    let good = 0;
    const startedAt = performance.now();
    for (let at = 0; at < candidates.length; at += batch) {
      const part = candidates.slice(at, at + batch);
      const executions = await client.run(part.map(jobOf));
      executions.forEach(({ steps }, i) =>
        steps.forEach((step, j) => {
          declarations++;
          if (part[i]?.[j]?.expected !== 'any') return;
          ordinary++;
          if (step.outcome.kind === 'accepted') good++;
        }),
      );
    }
    rates.push((declarations / (performance.now() - startedAt)) * 1000);
    accepted.push((100 * good) / ordinary);
  }
  return [
    { name: 'batch run on one executor', samples: rates, unit: '1/s', goal: { atLeast: 15_000 } },
    { name: 'accepted before the breaker', samples: accepted, unit: '%', goal: { atLeast: 70 } },
  ];
}

/** The same declarations under the same names, again and again, each time from the bare environment. */
async function memoryOver(
  client: ExecutorClient,
  memory: () => number,
  candidates: readonly Unit[][],
  declarations: number,
): Promise<Measurement[]> {
  await client.replace();
  const samples: number[] = [];
  let done = 0;
  for (let at = 0; done < declarations; at = (at + batch) % candidates.length) {
    const part = candidates.slice(at, at + batch);
    await client.run(part.map(jobOf));
    done += part.reduce((sum, units) => sum + units.length, 0);
    samples.push(memory());
  }
  const quarter = Math.ceil(samples.length / 4);
  return [
    { name: 'private memory, first quarter', samples: samples.slice(0, quarter), unit: 'MiB' },
    { name: 'private memory, last quarter', samples: samples.slice(-quarter), unit: 'MiB' },
    { name: 'executors lost meanwhile', samples: [client.restarts], unit: 'count' },
  ];
}

function jobOf(units: readonly Unit[]): Job {
  const lineage = { seed: 1, run: 0, parents: [], mutators: [], categories: [] };
  return jobFor({ level: 'kernel', lineage, units }, []);
}

/** Generated, executed, judged and shared; questions are declarations as well. */
async function endToEnd(quick: boolean, note: (text: string) => void): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const cores of [1, 2]) {
    const rates: number[] = [];
    const shares: number[] = [];
    const work: number[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      note(`a campaign on ${cores} cores, round ${round + 1}`);
      const time = quick ? '10s' : '30s';
      const seed = String(round + 1);
      const args = ['--level', 'kernel', '--cores', String(cores), '--time', time, '--seed', seed];
      let micros = NaN;
      const { summary } = await runCampaign(args, {
        status: (snapshot, primary) => (micros = microsOfOne(snapshot, primary) || micros),
      });
      rates.push((summary.tests + summary.declarations) / summary.elapsedSeconds / cores);
      shares.push(summary.shareInsideLean * 100);
      work.push(micros);
    }
    rows.push({
      name: `end to end, per core of ${cores}`,
      samples: rates,
      unit: '1/s',
      goal: { atLeast: 8000 },
    });
    rows.push({ name: `share of time in the kernel, ${cores} cores`, samples: shares, unit: '%' });
    rows.push({ name: `processor time, workers and executors, ${cores} cores`, samples: work, unit: 'us' });
  }
  return rows;
}

/** Processor time of all workers and executors for one declaration or question, so far; NaN where one is missing. */
function microsOfOne({ tests, declarations, workers }: Snapshot, primary: number): number {
  const pids = workers.map(({ pid }) => pid);
  const zygotes = childrenOf(primary).filter((pid) => !pids.includes(pid));
  const spent = [...pids.map(processorMicros), ...zygotes.map(childrensMicros)];
  return spent.reduce((sum, micros) => sum + micros, 0) / (tests + declarations);
}

/** Content of the ordinary declarations: shares of kinds, and how many are trivial. */
function content(units: readonly Unit[]): Measurement[] {
  const ordinary = units.filter(({ expected }) => expected === 'any');
  const kinds = [...new Set(ordinary.map(({ kind }) => kind))].sort();
  const share = (name: string, holds: (unit: Unit) => boolean): Measurement => ({
    name,
    samples: [(100 * ordinary.filter(holds).length) / ordinary.length],
    unit: '%',
  });
  return [
    ...kinds.map((kind) => share(`kind: ${kind}`, (unit) => unit.kind === kind)),
    share('trivial (under 40 words)', (unit) => unit.size < 40),
    share('builds on earlier ones', (unit) => unit.uses.length > 0),
  ];
}
