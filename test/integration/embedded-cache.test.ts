import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareLean } from '../../src/execute/embedded/prepare.js';
import { cacheFolder } from '../../src/util/cache-folder.js';
import { leanFuzz } from '../support/campaign.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('an embedded Lean whose files went while it booted is one line of ours', async () => {
  const { library, glue } = await prepareLean();
  const [cwd, cache] = [temporaryFolder(), temporaryFolder()];
  for (const name of readdirSync(cacheFolder())) {
    const from = join(cacheFolder(), name);
    if (glue.startsWith(`${from}/`)) symlinkSync(from, join(cache, name));
    if (name.startsWith('checked-')) cpSync(from, join(cache, name), { preserveTimestamps: true });
  }
  // Whoever deletes a cache deletes one file after the other.
  mkdirSync(join(cache, basename(library)));
  const args = ['--lean', 'embedded', '--level', 'kernel', '--cores', '1', '--runs', '1', '--campaign', 'c'];
  const ended = await leanFuzz(args, { cwd, environment: { LEAN_FUZZ_CACHE: cache } });
  expect(ended.stderr).toMatch(
    /^lean-fuzz: embedded Lean: cache folder: got "[^"\n]+", expected one whose files stay as they were made while Lean boots \([^\n]+\)\n$/,
  );
  expect(ended.code).toBe(78);
  expect(readdirSync(cwd)).not.toContain('c');
});
