import type { WorkerSnapshot } from '../../src/api/campaign.js';
import type { BenchCase, Measurement } from '../case.js';
import { runCampaign } from '../campaign.js';
import { childrenOf, privateDirtyMiB, residentMiB } from '../memory.js';
import { median, outerQuarters } from '../statistics.js';

const everyMillis = 10_000;

/** Growth bound, from the first quarter to the last, of a process whose memory should be flat. */
const flat = { atMost: 1.1 };

/** MiB of each kind of process over time; several of a kind are added up. */
type Series = Record<'primary' | 'workers' | 'zygote' | 'executors', number[]>;

export const endurance: BenchCase = {
  name: 'endurance',
  about: 'memory of all processes of a long campaign on 2 cores (--minutes, 30 by default)',
  slow: true,
  async run({ minutes, note }) {
    const series: Series = { primary: [], workers: [], zygote: [], executors: [] };
    let sampledAt = -Infinity;
    const { summary } = await runCampaign(['--cores', '2', '--time', `${minutes * 60}s`, '--seed', '1'], {
      status({ elapsedSeconds, testsPerMinute, workers }, primary) {
        if (performance.now() - sampledAt < everyMillis) return;
        sampledAt = performance.now();
        sample(series, primary, workers);
        note(`${Math.round(elapsedSeconds)} s, ${testsPerMinute} tests a minute`);
      },
    });
    return [
      { name: 'tests', samples: [summary.testsPerMinute], unit: '1/min' },
      { name: 'executors lost', samples: [summary.restarts], unit: 'count' },
      ...rows('primary, resident', series.primary, true),
      ...rows('workers, resident', series.workers, true),
      ...rows('zygote, resident', series.zygote, false),
      ...rows('executors, private', series.executors, false),
    ];
  },
};

/** A process that ended between two looks makes the sum no number; such a sample is left out. */
function sample(series: Series, primary: number, workers: readonly WorkerSnapshot[]): void {
  const workerPids = workers.map(({ pid }) => pid).filter((pid) => pid !== 0);
  const zygotes = childrenOf(primary).filter((pid) => !workerPids.includes(pid));
  const add = (list: number[], values: number[]): void => {
    const sum = values.reduce((total, value) => total + value, 0);
    if (sum > 0) list.push(sum);
  };
  add(series.primary, [residentMiB(primary)]);
  add(series.workers, workerPids.map(residentMiB));
  add(series.zygote, zygotes.map(residentMiB));
  add(series.executors, zygotes.flatMap(childrenOf).map(privateDirtyMiB));
}

function rows(name: string, series: readonly number[], mustBeFlat: boolean): Measurement[] {
  if (series.length === 0) return [];
  const { first, last } = outerQuarters(series);
  const growth = { name: `${name}, growth`, samples: [median(last) / median(first)], unit: 'ratio' };
  return [
    { name: `${name}, first quarter`, samples: first, unit: 'MiB' },
    { name: `${name}, last quarter`, samples: last, unit: 'MiB' },
    mustBeFlat ? { ...growth, goal: flat } : growth,
  ];
}
