import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { factsOf } from '../../../../src/execute/native/library-facts.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

it.each([
  ['a pipe that nobody writes to', (file: string) => void execFileSync('mkfifo', [file])],
  [
    'a file of a terabyte',
    (file: string) => {
      writeFileSync(file, '');
      truncateSync(file, 2 ** 40);
    },
  ],
])('facts of a library are worked out where %s stands in the cache in their place', async (_, make) => {
  const folder = temporaryFolder();
  vi.stubEnv('LEAN_FUZZ_CACHE', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const library = join(folder, 'libleanshared.so');
  writeFileSync(library, 'no library');
  mkdirSync(join(folder, 'libraries'));
  const name = createHash('sha256').update(library).digest('hex').slice(0, 24);
  make(join(folder, 'libraries', `${name}.json`));
  const { hash } = await factsOf(library);
  expect(hash).toBe(createHash('sha256').update('no library').digest('hex'));
});
