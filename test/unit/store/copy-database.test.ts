import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
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
  // Written a moment ahead of the clock: a busy machine may not let the writer run for as long as a file has to rest.
  const writer = new Worker(
    `const { appendFileSync, utimesSync } = require('node:fs');
     const { parentPort, workerData } = require('node:worker_threads');
     const write = () => {
       appendFileSync(workerData, 'x');
       utimesSync(workerData, 1, (Date.now() + 45) / 1000);
     };
     write();
     setInterval(write, 5);
     parentPort.postMessage('written');`,
    { eval: true, workerData: path },
  );
  await new Promise((resolve) => writer.once('message', resolve));
  expect(() => copyDatabase(path, `${path}-copy`, 3)).toThrow(/: got "a database that is always being/);
  await writer.terminate();
});
