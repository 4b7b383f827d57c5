import { createServer } from 'node:net';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StartInfo } from '../../src/api/campaign.js';
import { runCampaign } from '../../src/index.js';
import { Workdir } from '../../src/store/workdir.js';
import { corpusOf, leanFuzz, summaryOf, type Ended } from '../support/campaign.js';
import {
  joinedWorkers,
  processesAre,
  startedHost,
  startGuest,
  startHost,
  stopExecutorOf,
  workersAre,
} from '../support/join.js';
import { quickLean } from '../support/native-lean.js';
import { eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** It ended in order: with nothing to say, and nothing found but what may be (the embedded kernel has bugs). */
function expectInOrder({ code, stderr }: Ended): void {
  expect(stderr).toBe('');
  expect([0, 77]).toContain(code);
}

/** One line on stderr that has all the words, and no result. */
function expectOneLine(ended: Ended, code: number, ...words: string[]): void {
  expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
  for (const word of words) expect(ended.stderr).toContain(word);
  expect(ended).toMatchObject({ code, signal: null });
  expect(ended.stdout).not.toContain('"summary"');
}

describe('a second terminal', () => {
  it('adds its workers to the campaign for its time, and leaves nothing but what they found', async () => {
    // Too long for the address of a socket.
    const folder = join(temporaryFolder(), 'x'.repeat(120));
    mkdirSync(folder);
    const elsewhere = temporaryFolder();
    const host = await startedHost(folder);
    expect(statSync(join(folder, 'join.sock')).mode & 0o777).toBe(0o600);

    const guest = startGuest(folder, ['--cores', '2', '--time', '6s'], { cwd: elsewhere });
    expect(await joinedWorkers(guest)).toEqual([1, 2]);
    await workersAre(host, [0, 1, 2], ({ candidates }) => candidates > 0);
    expect(guest.family().all).toEqual([]);
    const ended = await guest.ended;
    expectInOrder(ended);
    const summary = summaryOf(ended);
    expect(summary).toMatchObject({ stoppedBy: 'time', seed: 7, campaignFolder: folder });
    expect(guest.lines.filter(({ type }) => type === 'status').length).toBeGreaterThan(2);
    expect(readdirSync(elsewhere)).toEqual([]);

    await workersAre(host, [0]);
    await processesAre(host, 1);
    const before = host.status?.candidates ?? 0;
    await eventually('the campaign goes on', () => (host.status?.candidates ?? 0) > before + 2);
    host.kill('SIGINT');
    const last = summaryOf(await host.ended);
    expect(last.candidates).toBeGreaterThan(summary.candidates);
    expect(last.dropped).toBe(0);
    const workers = new Set(corpusOf(folder).map(({ worker }) => worker));
    expect([...workers].sort()).toEqual([0, 1, 2]);
    expect(last.corpus).toBe(corpusOf(folder).length);
    expect(existsSync(join(folder, 'join.sock'))).toBe(false);
  });

  it('may come while Lean boots, and with others; all get the summary when the campaign ends', async () => {
    const folder = temporaryFolder();
    // The embedded Lean takes seconds to boot.
    const host = startHost(folder, '--lean', 'embedded', '--level', 'kernel', '--runs', '600');
    await eventually('the campaign listens', () => existsSync(join(folder, 'join.sock')));
    const guests = [startGuest(folder, ['--cores', '1']), startGuest(folder, ['--cores', '1'])];
    const workers = [...(await Promise.all(guests.map(joinedWorkers))).flat()];
    expect(workers.sort()).toEqual([1, 2]);
    const ended = await Promise.all([host, ...guests].map((terminal) => terminal.ended));
    const [own, ...others] = ended.map(summaryOf);
    expect(own).toMatchObject({ stoppedBy: 'runs', candidates: 600 });
    expect(others).toEqual([own, own]);
    for (const { stderr, code } of ended)
      expect({ stderr, code }).toEqual({ stderr: '', code: ended[0]?.code });
  });

  it('ends with 77 at a proof of False that it waited for, while the campaign goes on', async () => {
    const folder = temporaryFolder();
    // At kernel level, the embedded Lean would take longer.
    const level = quickLean === 'embedded' ? 'both' : 'kernel';
    const host = startHost(folder, '--kernel-mutant', 'positivity', '--seed', '49', '--level', level);
    await eventually('the campaign listens', () => existsSync(join(folder, 'join.sock')));
    const guest = startGuest(folder, ['--cores', '1', '--stop-on-solution', '--time', '120s']);
    const ended = await guest.ended;
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    const summary = summaryOf(ended);
    expect(summary.stoppedBy).toBe('solution');
    expect(summary.solutionFolders[0]?.startsWith(join(folder, 'solutions'))).toBe(true);
    expect(existsSync(summary.solutionFolders[0] ?? '')).toBe(true);
    await workersAre(host, [0]);

    // A solution that was found before it came is not its own.
    const later = await startGuest(folder, ['--cores', '1', '--stop-on-solution', '--time', '1s']).ended;
    const found = summaryOf(later);
    expect(found.solutionFolders).not.toContain(summary.solutionFolders[0]);
    expect(later.code).toBe(found.solutionFolders.length === 0 ? 0 : 77);
    host.kill('SIGINT');
    expect(await host.ended).toMatchObject({ code: 77, stderr: '' });
  });
});

describe('a terminal that joined', () => {
  it('finishes in order at the first Ctrl-C and at once at the second; the campaign goes on', async () => {
    const folder = temporaryFolder();
    // Workers that finish what they have would wait for two minutes. At the source level of the embedded Lean nothing is
    // found that is confirmed on new executors: those that come are the guest's.
    const source = ['--lean', 'embedded', '--level', 'source'];
    const host = await startedHost(folder, ...source, '--timeout', '2m');
    const orderly = startGuest(folder, ['--cores', '1']);
    expect(await joinedWorkers(orderly)).toEqual([1]);
    await workersAre(host, [0, 1], ({ candidates }) => candidates > 0);
    orderly.kill('SIGINT');
    const ended = await orderly.ended;
    expectInOrder(ended);
    expect(summaryOf(ended).stoppedBy).toBe('signal');
    await processesAre(host, 1);

    const hasty = startGuest(folder, ['--cores', '1']);
    await joinedWorkers(hasty);
    await workersAre(host, [0, 1], ({ state }) => state === 'running');
    const stopped = await stopExecutorOf(host, 1);
    hasty.kill('SIGINT');
    const then = host.status?.candidates ?? 0;
    await eventually('the campaign goes on', () => (host.status?.candidates ?? 0) > then + 2);
    expect(hasty.hasEnded).toBe(false);
    hasty.kill('SIGINT');
    const limit = setTimeout(() => hasty.kill('SIGKILL'), 30_000);
    expect(await hasty.ended).toMatchObject({ code: 130, signal: null, stderr: '' });
    clearTimeout(limit);
    expect(await survivors([stopped])).toEqual([]);
    await workersAre(host, [0]);
    const before = host.status?.candidates ?? 0;
    await eventually('the campaign goes on', () => (host.status?.candidates ?? 0) > before + 2);
    expect(host.hasEnded).toBe(false);
  });

  it('may be killed: its workers go, and the next one gets their slots', async () => {
    const folder = temporaryFolder();
    const host = await startedHost(folder);
    for (let round = 0; round < 2; round++) {
      const killed = startGuest(folder, ['--cores', '2']);
      expect(await joinedWorkers(killed)).toEqual([1, 2]);
      await workersAre(host, [0, 1, 2], ({ state, candidates }) => state === 'running' && candidates > 0);
      killed.kill('SIGKILL');
      await workersAre(host, [0]);
      await processesAre(host, 1);
    }
    const counted = host.status?.candidates ?? 0;
    const third = startGuest(folder, ['--cores', '2', '--time', '3s']);
    expect(await joinedWorkers(third)).toEqual([1, 2]);
    const ended = await third.ended;
    expectInOrder(ended);
    expect(summaryOf(ended).candidates).toBeGreaterThan(counted);
    host.kill('SIGINT');
    expect(summaryOf(await host.ended)).toMatchObject({ dropped: 0, restarts: 0 });
  });

  it('says so in one line when the campaign is killed, which can be resumed and joined again', async () => {
    const folder = temporaryFolder();
    const host = await startedHost(folder);
    const guest = startGuest(folder, ['--cores', '1']);
    await joinedWorkers(guest);
    await processesAre(host, 2);
    const family = host.family().all;
    host.kill('SIGKILL');
    const ended = await guest.ended;
    expect(ended).toMatchObject({ code: 78, signal: null });
    expect(ended.stderr).toBe(
      `lean-fuzz: campaign ${folder}: it was killed; start it again to go on with it\n`,
    );
    expect(await survivors(family)).toEqual([]);
    expect(existsSync(join(folder, 'join.sock'))).toBe(true); // nobody was left to remove it

    const again = await startedHost(folder);
    expect(await joinedWorkers(startGuest(folder, ['--cores', '1']))).toEqual([1]);
    again.kill('SIGINT');
    await again.ended;
    expect(existsSync(join(folder, 'join.sock'))).toBe(false);
  });
});

describe('what does not fit the campaign is refused in one line', () => {
  it('options, by name and by the value that the campaign has', async () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    const host = await startedHost(folder);
    const refusals: [string[], number, string[]][] = [
      [['--level', 'source'], 2, ['--level', '"source"', 'expected kernel']],
      [['--seed', '8'], 2, ['--seed', '"8"', 'expected 7']],
      [['--runs', '5'], 2, ['--runs', '"5"', 'expected none']],
      [['--trace'], 2, ['--trace', '"on"', 'expected off']],
      [['--solutions', 'mine'], 2, ['--solutions', join(elsewhere, 'mine'), join(folder, 'solutions')]],
      [['--cores', '200'], 2, ['--cores', '"200"', 'free worker slots']],
    ];
    for (const [args, code, words] of refusals) {
      const ended = await startGuest(folder, args, { cwd: elsewhere }).ended;
      expectOneLine(ended, code, ...words);
    }
    expect(readdirSync(elsewhere)).toEqual([]);
    // Options with the campaign's own values are no contradiction.
    const same = ['--level', 'kernel', '--seed', '7', '--solutions', join(folder, 'solutions')];
    expectInOrder(await startGuest(folder, [...same, '--cores', '1', '--time', '1s']).ended);
    expectOneLine(await leanFuzz(['corpus', 'cmin', folder]), 78, folder, 'no other campaign');
    expect(host.hasEnded).toBe(false);
  });

  it('by the library, too', async () => {
    const folder = temporaryFolder();
    const host = await startedHost(folder);
    await expect(runCampaign({ campaignFolder: folder, depth: 3 })).rejects.toMatchObject({
      exitCode: 2,
      message: 'depth: got "3", expected 15, as the campaign that is joined has it',
    });
    const starts: StartInfo[] = [];
    const summary = await runCampaign(
      { campaignFolder: folder, cores: 1, timeMillis: 1500, level: 'kernel' },
      { started: (info) => starts.push(info) },
    );
    expect(starts).toMatchObject([{ seed: 7, joinedWorkers: [1] }]);
    expect(summary).toMatchObject({ stoppedBy: 'time', seed: 7 });
    expect(host.hasEnded).toBe(false);
  });

  it('a folder whose holder does not answer, after a while', async () => {
    const folder = temporaryFolder();
    const holder = new Workdir(folder);
    holder.open();
    try {
      const { ended } = startGuest(folder, []);
      expectOneLine(await ended, 78, 'campaign folder', folder, 'no other campaign', 'does not answer');
      expect(readdirSync(folder)).toEqual(['lock']);
    } finally {
      holder.close();
    }
  });

  it('not a folder whose holder is about to end: the next one takes it', async () => {
    const folder = temporaryFolder();
    const holder = new Workdir(folder);
    holder.open();
    // A conversation that ends without a word: so does a host that is about to end.
    let calls = 0;
    const ending = createServer((socket) => {
      socket.destroy();
      if (++calls < 3) return;
      ending.close();
      holder.close();
    });
    ending.listen(join(folder, 'join.sock'));
    const ended = await startHost(folder, '--level', 'kernel', '--runs', '4').ended;
    expect(calls).toBe(3);
    expectInOrder(ended);
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'runs', candidates: 4 });
  });
});
