import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { copyDatabase } from '../../../src/store/copy-database.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

it('copies a database with what was written to it last', () => {
  const [path, to] = ['a', 'b'].map((name) => join(temporaryFolder(), name)) as [string, string];
  for (const part of ['', '-wal']) {
    writeFileSync(path + part, `content${part}`);
    utimesSync(path + part, 1, 1);
  }
  copyDatabase(path, to);
  expect(['', '-wal'].map((part) => readFileSync(to + part, 'utf8'))).toEqual(['content', 'content-wal']);
});

it('refuses one that is written to all the time: no half of it is read', async () => {
  const path = join(temporaryFolder(), 'a');
  writeFileSync(path, 'x');
  const writer = new Worker(
    `const { appendFileSync } = require('node:fs');
     setInterval(() => appendFileSync(require('node:worker_threads').workerData, 'x'), 5);`,
    { eval: true, workerData: path },
  );
  await new Promise((resolve) => writer.once('online', resolve));
  appendFileSync(path, 'x');
  expect(() => copyDatabase(path, `${path}-copy`, 3)).toThrow(/: got "a database that is always being/);
  await writer.terminate();
});
