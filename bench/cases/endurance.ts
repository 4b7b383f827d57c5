import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Snapshot } from '../../src/api/campaign.js';
import type { BenchCase, Measurement } from '../case.js';
import { runCampaign } from '../campaign.js';
import { childrenOf, privateDirtyMiB, residentMiB } from '../memory.js';
import { median, quarters } from '../statistics.js';

const everyMillis = 10_000;

/**
 * Enough work to show that a campaign can go on for ever: with both counts reached it ends, whatever time is left. Adds
 * are what kernels are given: declarations, and the questions behind them.
 */
const whole = { sourceCandidates: 100_000, adds: 10_000_000 } as const;

/** Bound of the growth from the third quarter to the last: what is cached is full by then. */
const levelsOff = { atMost: 1.1 };
/** MiB that a worker may have at any time. */
const workerMiB = { atMost: 400 };
/** The same of an executor, which comes and goes: it is replaced when its Lean uses more than 400. */
const executorMiB = { atMost: 500 };
/** Bound of the growth of a database's bytes for each entry, from the first quarter to the last. */
const linear = { atMost: 1.25 };

/**
 * The series that are recorded over time: MiB of each kind of process, the largest of several, and of the database; its
 * bytes for each entry; and adds a second since the last look.
 */
const names = [
  ...(['primary', 'worker', 'zygote', 'executor', 'database'] as const),
  ...(['bytes an entry', 'adds a second'] as const),
];
type Series = Record<(typeof names)[number], number[]>;

export const endurance: BenchCase = {
  name: 'endurance',
  about:
    'memory and database of a long campaign at both levels (--minutes 30, --cores 2, --lean embedded); fails where they grow',
  slow: true,
  mustMeet: true,
  async run({ minutes, cores, lean, note }) {
    const series = Object.fromEntries(names.map((name) => [name, []])) as unknown as Series;
    let sampledAt = -Infinity;
    let sourceCandidates = 0;
    let before = { elapsedSeconds: 0, adds: 0 };
    const args = ['--lean', lean, '--level', 'both', '--cores', String(cores), '--time', `${minutes * 60}s`];
    const { summary } = await runCampaign([...args, '--seed', '1', '--campaign', 'campaign'], {
      status(snapshot, primary, folder) {
        if (performance.now() - sampledAt < everyMillis) return;
        sampledAt = performance.now();
        sourceCandidates = sample(series, snapshot, primary, join(folder, 'campaign/campaign.sqlite'));
        const { elapsedSeconds, candidates } = snapshot;
        const adds = addsOf(snapshot);
        const seconds = elapsedSeconds - before.elapsedSeconds;
        if (seconds > 0) series['adds a second'].push((adds - before.adds) / seconds);
        before = { elapsedSeconds, adds };
        const seen = names.map((name) => `${name} ${Math.round(series[name].at(-1) ?? NaN)}`);
        note(
          `${Math.round(elapsedSeconds)} s, ${candidates} candidates (${sourceCandidates} of the source level), ${adds} adds; ${seen.join(', ')}`,
        );
        if (sourceCandidates >= whole.sourceCandidates && adds >= whole.adds) process.kill(primary, 'SIGINT');
      },
    });
    return [
      { name: 'time', samples: [summary.elapsedSeconds], unit: 's' },
      { name: 'candidates of the source level', samples: [sourceCandidates], unit: 'count' },
      { name: 'declarations and questions', samples: [addsOf(summary)], unit: 'count' },
      { name: 'entries', samples: [summary.corpus], unit: 'count' },
      { name: 'executors lost', samples: [summary.restarts], unit: 'count' },
      ...processRows('primary, resident', series.primary),
      ...processRows('a worker, resident', series.worker),
      {
        name: 'a worker, resident, the most',
        samples: [Math.max(...series.worker)],
        unit: 'MiB',
        goal: workerMiB,
      },
      ...processRows('zygote, resident', series.zygote),
      {
        name: 'an executor, private, the most',
        samples: [Math.max(...series.executor)],
        unit: 'MiB',
        goal: executorMiB,
      },
      { name: 'database, at the end', samples: series.database.slice(-1), unit: 'MiB' },
      ...growth('database, bytes an entry', series['bytes an entry'], 0, linear, 'bytes'),
      // Other load on the machine is seen here, too, so it is no goal.
      ...growth('adds a second', series['adds a second'], 0, undefined, 'per s'),
    ];
  },
};

function addsOf({ declarations, tests }: Pick<Snapshot, 'declarations' | 'tests'>): number {
  return declarations + tests;
}

/** Takes a sample, and returns how many candidates of the source level there were; a process that ended is left out. */
function sample(series: Series, snapshot: Snapshot, primary: number, database: string): number {
  const workerPids = snapshot.workers.map(({ pid }) => pid).filter((pid) => pid !== 0);
  const zygotes = childrenOf(primary).filter((pid) => !workerPids.includes(pid));
  const add = (name: keyof Series, values: readonly number[]): void => {
    const known = values.filter((value) => value > 0);
    if (known.length > 0) series[name].push(Math.max(...known));
  };
  add('primary', [residentMiB(primary)]);
  add('worker', workerPids.map(residentMiB));
  add('zygote', zygotes.map(residentMiB));
  add('executor', zygotes.flatMap(childrenOf).map(privateDirtyMiB));
  const bytes = sizeOf(database) + sizeOf(`${database}-wal`);
  add('database', [bytes / 2 ** 20]);
  if (snapshot.corpus > 0) add('bytes an entry', [bytes / snapshot.corpus]);
  return sourceCandidatesIn(database);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Each candidate is made last by one mutator, or by none. */
function sourceCandidatesIn(path: string): number {
  const database = new Database(path, { readonly: true, timeout: 5000 });
  try {
    const sum = "SELECT coalesce(sum(candidates), 0) FROM yields WHERE level = 'source' AND kind = 'mutator'";
    return database.prepare(sum).pluck().get() as number;
  } finally {
    database.close();
  }
}

function processRows(name: string, series: readonly number[]): Measurement[] {
  return growth(name, series, 2, levelsOff);
}

/** Two quarters of a series, and what became of one in the other. */
function growth(
  name: string,
  series: readonly number[],
  from: 0 | 2,
  goal: Measurement['goal'],
  unit = 'MiB',
): Measurement[] {
  const all = quarters(series);
  const [before = [], last = []] = [all[from], all[3]];
  if (before.length === 0 || last.length === 0) return [];
  const ratio = median(last) / median(before);
  return [
    { name: `${name}, ${from === 0 ? 'first' : 'third'} quarter`, samples: before, unit },
    { name: `${name}, last quarter`, samples: last, unit },
    { name: `${name}, growth`, samples: [ratio], unit: 'ratio', ...(goal === undefined ? {} : { goal }) },
  ];
}
