import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { commandOf, eventually, survivors, descendantsOf } from '../support/processes.js';
import { summaryOf, type Running } from '../support/campaign.js';
import { startedNative } from '../support/native-campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { LiveRegion } from '../support/live-region.js';
import { header } from '../../src/share/layout.js';
import { StopRequest } from '../../src/share/states.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('processes that do not go on');

function started(lean: NativeLean): Promise<Running> {
  return startedNative(lean, join(temporaryFolder(), 'c'));
}

/** The zygote of a native Lean, and its forks. */
function hostsOf(running: Running): { zygote: number; executors: number[] } {
  const hosts = descendantsOf(running.pid).filter(({ pid }) =>
    commandOf(pid).includes('lean_fuzz_lean_host'),
  );
  const zygote = hosts.find(({ parent }) => parent === running.pid)?.pid ?? 0;
  return { zygote, executors: hosts.filter(({ parent }) => parent === zygote).map(({ pid }) => pid) };
}

function hasNotice({ lines }: Running, words: RegExp): boolean {
  return lines.some(({ type, text }) => type === 'notice' && words.test(String(text)));
}

const moves = (running: Running, from: number) => (): boolean =>
  running.hasEnded || (running.status?.tests ?? 0) > from;

describe.skipIf(native === undefined)('processes that do not go on', () => {
  const real = native as NativeLean;

  it('are named and replaced, and a kill from outside is counted and is no lead', async () => {
    const running = await started(real);
    const [worker = 0] = running.status?.workers.map(({ pid }) => pid) ?? [];
    process.kill(worker, 'SIGSTOP');
    await eventually('the worker is named', () =>
      hasNotice(running, /^worker 0 has made no progress .*stopped/),
    );
    await eventually('another one works', moves(running, running.status?.tests ?? 0));

    const { zygote } = hostsOf(running);
    process.kill(zygote, 'SIGSTOP');
    await eventually('the zygote is named', () =>
      hasNotice(running, /^the zygote has made no progress .*stopped/),
    );
    await eventually('there is another one', () => ![0, zygote].includes(hostsOf(running).zygote));
    await eventually('candidates run again', moves(running, (running.status?.tests ?? 0) + 1));

    const killedBefore = running.status?.killed ?? 0;
    await eventually('there is an executor', () => hostsOf(running).executors.length > 0);
    // Once: the same job the second time were its own outcome.
    for (const pid of hostsOf(running).executors) process.kill(pid, 'SIGKILL');
    await eventually('the kill is counted', () => (running.status?.killed ?? 0) > killedBefore);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.stderr).toBe('');
    expect(summaryOf(ended).leadClasses.failure ?? 0).toBe(0);
  });

  it('end at once at two Ctrl-C, all of them stopped', async () => {
    const running = await started(real);
    const family = running.family().all;
    for (const pid of family) process.kill(pid, 'SIGSTOP');
    const region = new LiveRegion(running.pid);
    running.kill('SIGINT');
    // Two that come at once are one.
    await eventually('it has heard of the first', () => region.word(header.stop) === StopRequest.finish);
    region.close();
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(await survivors(family)).toEqual([]);
  });

  it('end the campaign in one line where the zygote dies again and again while it is replaced', async () => {
    const running = await started(real);
    const family = running.family().all;
    const seen = new Set<number>();
    await eventually('it gives up', () => {
      const { zygote } = hostsOf(running);
      if (zygote !== 0 && !seen.has(zygote)) process.kill(zygote, 'SIGKILL');
      seen.add(zygote);
      return running.hasEnded;
    });
    const ended = await running.ended;
    expect(ended.stderr).toMatch(/^lean-fuzz: zygote: ended 3 times without serving a fork.*\n$/);
    expect(ended.code).toBe(78);
    expect(await survivors(family)).toEqual([]);
  });
});
