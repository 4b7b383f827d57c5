import { expect, it } from 'vitest';
import { UserError } from '../../../src/util/errors.js';
import { asMissingBinary, openSqlite } from '../../../src/store/sqlite.js';

it('says in one line that better-sqlite3 has no binary, and what to do', () => {
  const lost = new Error('Could not locate the bindings file. Tried:\n → /a/b.node\n → /c/d.node');
  const foreign = Object.assign(new Error('NODE_MODULE_VERSION 108'), { code: 'ERR_DLOPEN_FAILED' });
  for (const error of [lost, foreign]) {
    const said = asMissingBinary(error);
    expect(said?.exitCode).toBe(78);
    expect(said?.message).toMatch(/^better-sqlite3: its binary [^\n]*"npm rebuild better-sqlite3"[^\n]*$/);
  }
});

it('says in one line that its folder is gone', () => {
  const opened = (): unknown => openSqlite('/nowhere/at/all.sqlite');
  expect(opened).toThrow(UserError);
  expect(opened).toThrow('folder: got "/nowhere/at", expected a folder that is there, for a database');
});

it('leaves other errors as they are', () => {
  expect(asMissingBinary(new Error('disk I/O error'))).toBeUndefined();
  expect(() => openSqlite('/proc/self/nothing', { readonly: true })).toThrow('unable to open');
});
