import { median, ratios } from '../statistics.js';
import { withTemporaryFolder } from '../cleanup.js';
import { latencies } from '../sync/latency.js';
import { replay } from '../sync/light-clients.js';
import { runMachines, type MachineResult } from '../sync/machines.js';
import { rateOf } from '../sync/rates.js';
import { Recorded } from '../sync/recorded.js';
import { withServer, type ServerNumbers } from '../sync/server.js';
import type { BenchCase, BenchContext, Measurement } from '../case.js';

/** Primaries of one worker each. */
const machines = 4;

type Run = (context: BenchContext) => Promise<Measurement[]>;

interface Part extends BenchCase {
  readonly run: Run;
}

/** Each needs a real server, which LEAN_FUZZ_TEST_REDIS names. */
const slow = (name: string, about: string, run: Run): Part => ({ name, about, slow: true, run });

const rates: Run = ({ quick, note }) =>
  withServer(async (server) => {
    const found = { entries: [] as number[], findings: [] as number[] };
    const rounds = quick ? 2 : 7;
    for (let round = 0; round < rounds; round++) {
      note(`round ${round + 1} of ${rounds}`);
      found.entries.push(await rateOf(server, `entries-${round}`, { entries: 4000 }));
      found.findings.push(await rateOf(server, `findings-${round}`, { findings: 500 }));
    }
    return [
      { name: 'entries', samples: found.entries, unit: '/s', goal: { atLeast: 2000 } },
      { name: 'findings', samples: found.findings, unit: '/s', goal: { atLeast: 50 } },
    ];
  });

const latency: Run = ({ quick, long, note }) =>
  withServer((server) =>
    withTemporaryFolder(async (folder) => {
      const seconds = quick ? 15 : long ? 300 : 60;
      note(`${machines} machines for ${seconds} s`);
      const before = await server.numbers();
      const ended = await runMachines(folder, seeded(machines, seconds), shared(server.url('latency')));
      const after = await server.numbers();
      const grown = (name: string): number => ((after[name] ?? 0) - (before[name] ?? 0)) / machines / seconds;
      const lags = latencies(ended);
      return [
        {
          name: 'an entry is with all that take it after',
          samples: lags,
          unit: 'ms',
          goal: { atMost: 2000 },
        },
        { name: 'entries that another machine took', samples: [lags.length], unit: 'count' },
        ...traffic(grown),
      ];
    }),
  );

function traffic(grown: (name: string) => number): Measurement[] {
  return [
    { name: 'commands, a machine and second', samples: [grown('total_commands_processed')], unit: '/s' },
    { name: 'bytes from a machine', samples: [grown('total_net_input_bytes')], unit: '/s' },
    { name: 'bytes to a machine', samples: [grown('total_net_output_bytes')], unit: '/s' },
  ];
}

const cost: Run = ({ quick, long, note }) =>
  withServer(async (server) => {
    const [pairs, seconds] = quick ? [1, 8] : long ? [10, 120] : [4, 12];
    const spent = { alone: [] as number[], synced: [] as number[], primary: [] as number[] };
    for (let pair = 0; pair < pairs; pair++) {
      note(`pair ${pair + 1} of ${pairs}`);
      const run = (environment: Record<string, string>): Promise<MachineResult[]> =>
        withTemporaryFolder((folder) => runMachines(folder, seeded(2, seconds, pair), environment));
      const there = shared(server.url(`cost-${pair}`));
      // Which of the two comes first changes, too.
      const [first, second] = [
        await run(pair % 2 === 0 ? {} : there),
        await run(pair % 2 === 0 ? there : {}),
      ];
      const [alone, synced] = pair % 2 === 0 ? [first, second] : [second, first];
      spent.alone.push(microsOf(alone, 'micros'));
      spent.synced.push(microsOf(synced, 'micros'));
      const more = microsOf(synced, 'primaryMicros') - microsOf(alone, 'primaryMicros');
      spent.primary.push((100 * more) / microsOf(alone, 'micros'));
    }
    const added = ratios(spent.synced, spent.alone).map((ratio) => 100 * (ratio - 1));
    return [
      { name: 'processor time of a declaration, alone', samples: spent.alone, unit: 'us' },
      { name: 'processor time of a declaration, two machines', samples: spent.synced, unit: 'us' },
      { name: 'added, pair by pair', samples: added, unit: '%', goal: { atMost: 3 } },
      { name: 'of it in the primary, where sync runs', samples: spent.primary, unit: '%' },
    ];
  });

function microsOf(ended: readonly MachineResult[], which: 'micros' | 'primaryMicros'): number {
  const sum = (of: (one: MachineResult) => number): number =>
    ended.reduce((total, one) => total + of(one), 0);
  return sum((one) => one[which]) / sum(({ declarations }) => declarations);
}

const features: Run = ({ quick, long, note }) =>
  withServer(async (server) => {
    const [turns, seconds] = quick ? [1, 15] : long ? [3, 300] : [1, 60];
    const found = { synced: [] as number[], one: [] as number[] };
    for (let turn = 0; turn < turns; turn++) {
      note(`turn ${turn + 1} of ${turns}: ${machines} machines, then one, ${seconds} s each`);
      await withTemporaryFolder(async (folder) => {
        const ended = await runMachines(
          folder,
          seeded(machines, seconds, turn),
          shared(server.url(`f-${turn}`)),
        );
        found.synced.push(median(ended.map(({ last }) => last.features)));
      });
      await withTemporaryFolder(async (folder) => {
        const args = ['--cores', String(machines), '--time', `${seconds}s`, '--seed', String(turn)];
        const [one] = await runMachines(folder, [args]);
        found.one.push(one?.last.features ?? NaN);
      });
    }
    return [
      { name: `features of one of ${machines} machines`, samples: found.synced, unit: 'count' },
      { name: `features of one machine with ${machines} workers`, samples: found.one, unit: 'count' },
      {
        ...{ name: 'of these, turn by turn', unit: '%', goal: { atLeast: 90 } },
        samples: ratios(found.synced, found.one).map((ratio) => 100 * ratio),
      },
    ];
  });

const clients: Run = ({ quick, long, note }) =>
  withServer((server) =>
    withTemporaryFolder(async (folder) => {
      const [seconds, many] = quick ? [15, 16] : long ? [600, 64] : [90, 64];
      note('recording a campaign');
      const [recording] = await runMachines(folder, seeded(1, quick ? 5 : 15));
      const recorded = Recorded.of(recording?.folder ?? folder);
      const { entries, findings, meanBytes } = recorded.counts;
      note(`${entries} entries of ${Math.round(meanBytes)} bytes and ${findings} findings are recorded`);
      const secondsPerEntry = 5;
      const bytesInAll = (many * seconds * meanBytes) / secondsPerEntry;
      const keptBytes = Math.round(bytesInAll / 3);
      const peak = { kept: 0, memory: 0 };
      const before = await server.numbers();
      const look = async (): Promise<ServerNumbers> => {
        const [kept] = await server.ask([['GET', 'lean-fuzz:clients:2:kept-bytes']]);
        const numbers = await server.numbers();
        peak.kept = Math.max(peak.kept, Number(kept ?? 0));
        peak.memory = Math.max(peak.memory, numbers['used_memory'] ?? 0);
        return numbers;
      };
      const watching = setInterval(() => void look().catch(() => undefined), 1000);
      note(`${many} light clients for ${seconds} s`);
      const how = { clients: many, seconds, secondsPerEntry, secondsPerFinding: 15, keptBytes };
      const came = await replay(server, recorded, how);
      clearInterval(watching);
      const after = await look();
      const grown = (name: string): number => ((after[name] ?? 0) - (before[name] ?? 0)) / many / seconds;
      const mebi = (bytes: number): number => bytes / 2 ** 20;
      return [
        { name: `lag of an entry to one of ${many} clients`, samples: came.lags, unit: 'ms' },
        { name: 'the longest', samples: [longest(came.lags)], unit: 'ms', goal: { atMost: 5000 } },
        { name: 'entries given', samples: [came.entries], unit: 'count' },
        { name: 'findings given', samples: [came.findings], unit: 'count' },
        { name: 'findings not read, all clients', samples: [came.lost], unit: 'count', goal: { atMost: 0 } },
        { name: 'bytes of entries given', samples: [mebi(bytesInAll)], unit: 'MiB' },
        {
          ...{ name: 'bytes of entries kept, at most', samples: [mebi(peak.kept)], unit: 'MiB' },
          goal: { atMost: 1.5 * mebi(keptBytes) },
        },
        {
          ...{ name: "server's memory, at most, above its start", unit: 'MiB' },
          samples: [mebi(peak.memory - (before['used_memory'] ?? 0))],
        },
        ...traffic(grown),
      ];
    }),
  );

function longest(samples: readonly number[]): number {
  return samples.reduce((most, one) => Math.max(most, one), 0);
}

/** Arguments of machines of one worker each, with seeds of their own. */
function seeded(count: number, seconds: number, turn = 0): string[][] {
  return Array.from({ length: count }, (_, n) => [
    ...['--cores', '1', '--time', `${seconds}s`, '--seed', String(100 * turn + n + 1)],
  ]);
}

function shared(url: string): Record<string, string> {
  return { LEAN_FUZZ_SYNC: url };
}

const parts = [
  slow('sync-rates', 'entries and findings a second from one machine to another through a server', rates),
  slow(
    'sync-latency',
    'four machines: how soon an entry is with all others, and what a machine sends',
    latency,
  ),
  slow('sync-cost', 'processor time of a declaration with sync and without, in pairs', cost),
  slow('sync-features', 'features of four machines against one with four workers', features),
  slow('sync-clients', '64 light clients that replay a recorded campaign', clients),
];

/** Several machines at a real server: all of it, and each part. */
export const sync: readonly BenchCase[] = [
  slow(
    'sync',
    'several machines at a Redis or Valkey (LEAN_FUZZ_TEST_REDIS): all of these',
    async (context) => {
      const rows: Measurement[] = [];
      for (const { name, run } of parts)
        rows.push(...(await run(context)).map((row) => ({ ...row, name: `${name.slice(5)}: ${row.name}` })));
      return rows;
    },
  ),
  ...parts,
];
