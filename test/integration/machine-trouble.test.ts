import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { summaryOf, type Running } from '../support/campaign.js';
import { startedNative } from '../support/native-campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('campaigns on a machine in trouble');

/** Starts a campaign and waits until its corpus grows. */
function started(lean: NativeLean, folder: string): Promise<Running> {
  return startedNative(lean, folder, join(temporaryFolder(), 'solutions'), ({ corpus }) => corpus > 0);
}

function noticesOf({ lines }: Running): unknown[] {
  return lines.filter(({ type }) => type === 'notice').map(({ text }) => text);
}

/** Holds the lock of a campaign's database as another program may. */
function lock(folder: string): Database.Database {
  const other = new Database(join(folder, 'campaign.sqlite'), { timeout: 60_000 });
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return other;
}

describe.skipIf(native === undefined)('a campaign on a machine in trouble', () => {
  const real = native as NativeLean;

  it.each([
    ['its folder is deleted', (folder: string) => rmSync(folder, { recursive: true })],
    ['its folder is moved', (folder: string) => renameSync(folder, `${folder}-elsewhere`)],
    ['its database is deleted', (folder: string) => rmSync(join(folder, 'campaign.sqlite'))],
  ])('ends in one line when %s', async (_, remove) => {
    const folder = join(temporaryFolder(), 'c');
    const running = await started(real, folder);
    const family = running.family().all;
    remove(folder);
    const ended = await running.ended;
    expect(ended.stderr).toMatch(
      /^lean-fuzz: campaign folder: got ".*", expected a folder that stays while .*\n$/,
    );
    expect(ended.code).toBe(78);
    expect(noticesOf(running)).toEqual([]);
    expect(await survivors(family)).toEqual([]);
  });

  it("ends in one line that names the file when the index of its database's log is cut short", async () => {
    const folder = join(temporaryFolder(), 'c');
    const running = await started(real, folder);
    const family = running.family().all;
    truncateSync(join(folder, 'campaign.sqlite-shm'), 0);
    const ended = await running.ended;
    expect(ended.code).toBe(78);
    expect(ended.stderr).toBe(
      `lean-fuzz: file "${join(folder, 'campaign.sqlite-shm')}": got one that was cut short, or can't be read any ` +
        'more, while it was in use, expected one that stays as it is; what was not stored by then is lost\n',
    );
    expect(await survivors(family)).toEqual([]);
  });

  it('ends in one line that names its folder when that can not be written any more', async () => {
    const folder = join(temporaryFolder(), 'c');
    const running = await started(real, folder);
    if (spawnSync('chattr', ['+i', folder]).status !== 0) {
      console.warn(
        'LEFT OUT: a folder that becomes immutable: this user, or this file system, has no chattr',
      );
      return;
    }
    onTestFinished(() => void spawnSync('chattr', ['-i', folder]));
    running.kill('SIGINT');
    const { stderr, code } = await running.ended;
    expect(stderr).toMatch(
      /^lean-fuzz: campaign folder: got "[^"\n]+", expected a place that can be written: [^\n]+\n$/,
    );
    expect(code).toBe(78);
  });

  it('waits for a database that another program has locked, and goes on', async () => {
    const folder = join(temporaryFolder(), 'c');
    const running = await started(real, folder);
    const before = running.status?.corpus ?? 0;
    const other = lock(folder);
    await eventually('it says what it waits for', () => noticesOf(running).length > 0);
    other.exec('COMMIT');
    await eventually('the corpus grows', () => (running.status?.corpus ?? 0) > before);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect([ended.stderr, ended.code]).toEqual(['', 0]);
    expect(noticesOf(running)).toEqual([
      expect.stringContaining('waiting for a database that no other program has locked: database is locked'),
      'the disk can be used again: going on',
    ]);
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'signal', dropped: 0 });
  });

  it('ends in one line at Ctrl-C where the database stays locked', async () => {
    const folder = join(temporaryFolder(), 'c');
    const running = await started(real, folder);
    lock(folder);
    await eventually('it says what it waits for', () => noticesOf(running).length > 0);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.stderr).toMatch(
      /^lean-fuzz: campaign folder: .*no other program has locked: database is locked(; .*)?\n$/,
    );
    expect(ended.code).toBe(78);
  });
});
