import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { invalid, UserError } from '../../../src/util/errors.js';
import { asReadError, asUserError, troubleOf } from '../../../src/util/machine-trouble.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: said so, write`), { code, errno: -1, syscall: 'write' });
}

describe('an error of the machine', () => {
  it('says whether it may pass', () => {
    for (const code of ['SQLITE_FULL', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_IOERR_WRITE', 'SQLITE_LOCKED'])
      expect(troubleOf(new Database.SqliteError('so', code))?.remedy, code).toBe('wait');
    for (const code of ['SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB', 'SQLITE_READONLY_DBMOVED', 'SQLITE_TOOBIG'])
      expect(troubleOf(new Database.SqliteError('so', code))?.remedy, code).toBe('end');
    for (const code of ['ENOSPC', 'EIO', 'EDQUOT', 'EMFILE'])
      expect(troubleOf(systemError(code))?.remedy).toBe('wait');
    for (const code of ['EROFS', 'ENOENT', 'EACCES', 'EXDEV'])
      expect(troubleOf(systemError(code))?.remedy).toBe('end');
  });

  it('is a damaged database where a file was cut off, although SQLite calls that an error of the disk', () => {
    const path = join(temporaryFolder(), 'cut.sqlite');
    const database = new Database(path);
    onTestFinished(() => void database.close());
    for (const pragma of ['journal_mode = WAL', 'cache_size = 1']) database.pragma(pragma);
    database.exec('CREATE TABLE bytes (value BLOB)');
    const insert = database.prepare('INSERT INTO bytes VALUES (zeroblob(3000))');
    for (let count = 0; count < 100; count++) insert.run();
    truncateSync(`${path}-wal`, 100_000);
    const trouble = troubleOf(thrownBy(() => database.prepare('SELECT sum(length(value)) FROM bytes').get()));
    expect(trouble).toEqual({
      remedy: 'end',
      expected: expect.stringContaining('lean-fuzz repair') as string,
      said: 'disk I/O error (SQLITE_IOERR_SHORT_READ)',
    });
  });

  it('is no other error', () => {
    for (const error of [
      new Error('a bug'),
      new RangeError('of ours'),
      invalid('a', 1, 'b'),
      'text',
      null,
      undefined,
    ])
      expect(troubleOf(error)).toBeUndefined();
    expect(troubleOf(Object.assign(new Error('of Node'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBeUndefined();
  });

  it('is not taken for wrong usage where what a user named can not be read', () => {
    const failed = asReadError(systemError('EIO'), 'finding', '/f', '/f: no finding');
    expect([failed.exitCode, failed.message]).toEqual([
      78,
      'finding: got "/f", expected a disk that can be read and written: EIO: said so, write',
    ]);
    const missing = asReadError(systemError('ENOENT'), 'finding', '/f', '/f: no finding');
    expect([missing.exitCode, missing.message]).toEqual([2, '/f: no finding: ENOENT: said so, write']);
    const wrong = invalid('a', 1, 'b');
    expect(asReadError(wrong, 'finding', '/f', '/f: no finding')).toBe(wrong);
  });

  it('comes to one line that names the thing; other errors stay as they are', () => {
    const missing = asUserError(
      thrownBy(() => readFileSync('/no/such')),
      'campaign folder',
      '/c',
    );
    expect(missing).toBeInstanceOf(UserError);
    expect((missing as UserError).message).toBe(
      `campaign folder: got "/c", expected a file or folder that is there: ENOENT: no such file or directory, open '/no/such'`,
    );
    expect((missing as UserError).exitCode).toBe(78);
    const bug = new Error('a bug');
    expect(asUserError(bug, 'x', 'y')).toBe(bug);
    const wrong = invalid('a', 1, 'b');
    expect(asUserError(wrong, 'x', 'y')).toBe(wrong);
  });
});
