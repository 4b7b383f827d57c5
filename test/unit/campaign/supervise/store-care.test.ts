import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreCare } from '../../../../src/campaign/supervise/store-care.js';
import { UserError } from '../../../../src/util/errors.js';

const full = new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
const corrupt = new Database.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT');

function careOf(rescued?: string) {
  const notices: string[] = [];
  const disk = { error: undefined as Error | undefined, isInPlace: true, isReadOnly: false };
  const done: number[] = [];
  const care = new StoreCare({
    campaignFolder: '/c',
    isInPlace: () => disk.isInPlace,
    isReadOnly: () => disk.isReadOnly,
    rescue: () => rescued,
    notice: (text) => notices.push(text),
  });
  const write = (n: number) => (): void => {
    if (disk.error !== undefined) throw disk.error;
    done.push(n);
  };
  return { care, disk, done, notices, write };
}

function refusalOf(action: () => unknown): string {
  return thrownBy(action).message;
}

function thrownBy(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 78) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the care for the store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps what can not be stored now, says so once, and stores it in its order when that can be', () => {
    const { care, disk, done, notices, write } = careOf();
    disk.error = full;
    [1, 2, 3].forEach((n) => care.do(write(n)));
    expect(care.goOn()).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(care.goOn()).toBe(false);
    expect([done, notices]).toEqual([
      [],
      [expect.stringMatching(/^campaign folder \/c: waiting for room on the disk: /)],
    ]);
    disk.error = undefined;
    expect(care.goOn()).toBe(false); // not yet: a disk is not asked all the time
    vi.advanceTimersByTime(1000);
    expect(care.goOn()).toBe(true);
    care.do(write(4));
    expect(done).toEqual([1, 2, 3, 4]);
    expect(notices).toHaveLength(2);
    expect(notices[1]).toBe('the disk can be used again: going on');
  });

  it('ends in one line where nothing is to be waited for, and says where findings went', () => {
    const { care, disk, write } = careOf('lead 1 is in /x only');
    disk.error = corrupt;
    expect(refusalOf(() => care.do(write(1)))).toBe(
      'campaign folder: got "/c", expected an undamaged database of lean-fuzz ("lean-fuzz repair" makes one of what a campaign ' +
        'still holds): database disk image is malformed; lead 1 is in /x only',
    );
  });

  it('does not wait for ever, less long at the end, and not at all at a second Ctrl-C', () => {
    const running = careOf();
    running.disk.error = full;
    running.care.do(running.write(1));
    vi.advanceTimersByTime(599_000);
    expect(running.care.goOn()).toBe(false);
    vi.advanceTimersByTime(1001);
    expect(refusalOf(() => running.care.goOn())).toContain('room on the disk');

    const ending = careOf();
    ending.disk.error = full;
    ending.care.end(false);
    ending.care.do(ending.write(1));
    vi.advanceTimersByTime(10_001);
    expect(refusalOf(() => ending.care.goOn())).toContain('room on the disk');

    const cut = careOf();
    cut.disk.error = full;
    cut.care.end(true);
    expect(refusalOf(() => cut.care.do(cut.write(1)))).toContain('room on the disk');
  });

  it('ends where the files were taken away, whatever the disk says', () => {
    const { care, disk, write } = careOf();
    disk.isInPlace = false;
    expect(refusalOf(() => care.look())).toBe(
      'campaign folder: got "/c", expected a folder that stays while its campaign runs',
    );
    disk.error = full;
    expect(refusalOf(() => care.do(write(1)))).toContain('a folder that stays');
  });

  it('ends where the disk has become read-only, which SQLite does not tell from a disk that fails', () => {
    const { care, disk, write } = careOf();
    disk.error = new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
    care.do(write(1));
    vi.advanceTimersByTime(1000);
    disk.isReadOnly = true;
    expect(refusalOf(() => care.goOn())).toBe(
      'campaign folder: got "/c", expected a disk that can be written; it is read-only now',
    );
  });

  it('lets errors through that are not of the machine', () => {
    const { care, disk, write } = careOf();
    disk.error = new RangeError('a bug');
    expect(() => care.do(write(1))).toThrow(RangeError);
  });

  it('does behind a failure what can be done, and does not hide the failure', () => {
    const { care, disk, done, notices, write } = careOf();
    care.keepBehind(new Error('first'), [write(1), write(2)]);
    expect(done).toEqual([1, 2]);
    disk.error = corrupt;
    care.keepBehind(new Error('first'), [write(3)]);
    expect(notices).toEqual([expect.stringContaining('an undamaged database')]);
  });

  it('tells behind a failure of the store nothing of the same, whatever the failure says of a rescue', () => {
    const { care, disk, notices, write } = careOf('kept in /c/rescued');
    disk.error = corrupt;
    const failure = thrownBy(() => care.do(write(1)));
    expect(failure.message).toContain('; kept in /c/rescued');
    care.keepBehind(failure, [write(2)]);
    expect(notices).toEqual([]);
    disk.isReadOnly = true;
    disk.error = new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
    care.keepBehind(failure, [write(3)]);
    expect(notices).toEqual([expect.stringContaining('it is read-only now')]);
  });
});
