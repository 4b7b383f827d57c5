import { expect, it } from 'vitest';
import { fuzzerStats, plotHead, plotLine, type AflWorker } from '../../../src/report/afl-text.js';
import type { WorkerSnapshot } from '../../../src/api/campaign.js';
import { snapshot } from '../../support/fakes.js';

const now = snapshot({ blocks: 25, blocksInAll: 100 });
const worker: WorkerSnapshot = {
  ...{ worker: 0, pid: 11, state: 'running', tests: 700, candidates: 80, leanMiB: 120 },
};
const all: AflWorker = {
  ...{ snapshot: now, worker, lately: 1.5, finds: 3 },
  ...{
    startedAt: 1000,
    now: 1040,
    lastEntryAt: 1035,
    lastFindingAt: 1030,
    commandLine: 'lean-fuzz --cores 2',
  },
};

it('has the names of AFL++ in fuzzer_stats', () => {
  const rows = new Map(
    fuzzerStats(all)
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, 18).trim(), line.slice(20)]),
  );
  expect(Object.fromEntries(rows)).toMatchObject({
    ...{ run_time: '40', fuzzer_pid: '11', execs_done: '80', execs_per_sec: '2.00', corpus_count: '42' },
    ...{ saved_crashes: '3', edges_found: '25', total_edges: '100', bitmap_cvg: '25.00%' },
    ...{ last_find: '1035', time_wo_finds: '5', last_crash: '1030' },
  });
});

it('has as many columns in plot_data as its first line says', () => {
  expect(plotLine(all)).toBe('40, 0, 0, 42, 0, 0, 25.00%, 3, 0, 0, 1.50, 80, 25\n');
  expect(plotHead.split(',').length).toBe(plotLine(all).split(',').length);
});
