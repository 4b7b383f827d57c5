import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { aflStatistics } from '../../../src/campaign/afl-statistics.js';
import { finding, snapshot, summary } from '../../support/fakes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

it('writes at first, every ten seconds and at the end, with the finds of each worker', () => {
  const folder = temporaryFolder();
  const listener = aflStatistics(folder, () => expect.unreachable());
  for (const elapsedSeconds of [0, 3, 12]) listener.progress?.(snapshot({ elapsedSeconds }));
  listener.finding?.(finding({ worker: 1 }), '/s', undefined);
  listener.finished?.(summary());
  const read = (worker: number, name: string): string =>
    readFileSync(join(folder, 'afl', `worker-${worker}`, name), 'utf8');
  expect(read(1, 'plot_data').trim().split('\n')).toHaveLength(4);
  expect(read(1, 'fuzzer_stats')).toContain('saved_crashes     : 1\n');
  expect(read(0, 'fuzzer_stats')).toContain('saved_crashes     : 0\n');
});

it('follows no link, says once that it can’t write, and writes again when it can', () => {
  const folder = temporaryFolder();
  symlinkSync(temporaryFolder(), join(folder, 'afl'));
  const notices: string[] = [];
  const listener = aflStatistics(folder, (text) => notices.push(text));
  for (const elapsedSeconds of [0, 3, 20]) listener.progress?.(snapshot({ elapsedSeconds }));
  expect(notices).toEqual([
    expect.stringContaining("fuzzer_stats and plot_data can't be written at the moment: "),
  ]);
  rmSync(join(folder, 'afl'));
  listener.progress?.(snapshot({ elapsedSeconds: 40 }));
  expect(existsSync(join(folder, 'afl', 'worker-0', 'fuzzer_stats'))).toBe(true);
  expect(notices).toHaveLength(1);
});

it('tells when the corpus last grew, and nothing of findings before there is one', () => {
  const folder = temporaryFolder();
  const listener = aflStatistics(folder, () => expect.unreachable());
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const [elapsedSeconds, corpus] of [
    [0, 5],
    [4, 6],
    [12, 6],
  ] as const) {
    vi.setSystemTime((1000 + elapsedSeconds) * 1000);
    listener.progress?.(snapshot({ elapsedSeconds, corpus }));
  }
  const stats = readFileSync(join(folder, 'afl', 'worker-0', 'fuzzer_stats'), 'utf8');
  expect(stats).toContain('last_find         : 1004\n');
  expect(stats).toContain('last_crash        : 0\n');
});
