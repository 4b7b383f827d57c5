import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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

it('follows no link, says once that it can’t write, and lets the campaign go on', () => {
  const folder = temporaryFolder();
  symlinkSync(temporaryFolder(), join(folder, 'afl'));
  const notices: string[] = [];
  const listener = aflStatistics(folder, (text) => notices.push(text));
  listener.progress?.(snapshot({ elapsedSeconds: 0 }));
  listener.progress?.(snapshot({ elapsedSeconds: 20 }));
  expect(notices).toEqual([expect.stringContaining('fuzzer_stats and plot_data are no longer written: ')]);
});
