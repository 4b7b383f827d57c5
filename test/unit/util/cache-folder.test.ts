import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { keepIfPossible, publish, sweepCache } from '../../../src/util/cache-folder.js';
import { packageRoot } from '../../../src/util/package.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('publish', () => {
  const fill = (folder: string): Promise<void> => {
    writeFileSync(join(folder, 'file'), 'whole');
    return Promise.resolve();
  };

  it('takes away what killed processes of this machine left, and nothing of those that live or are elsewhere', async () => {
    const cache = temporaryFolder();
    const { pid } = spawnSync('true');
    const dead = ['module-00aa-original', 'lean-4.35.0'].map((name) => `${name}.${hostname()}.${pid}.tmp`);
    const alive = [
      `library-00bb.${hostname()}.${process.ppid}.tmp`,
      `library-00bb.elsewhere-${hostname()}.${pid}.tmp`,
      'notes.tmp',
    ];
    for (const name of [...dead, ...alive]) mkdirSync(join(cache, name));
    await publish(join(cache, 'module-00aa-original'), fill);
    expect(readdirSync(cache).sort()).toEqual(['module-00aa-original', ...alive].sort());
  });

  it('leaves files and folders that the next start of a Lean takes away, wherever in the cache', async () => {
    const cache = temporaryFolder();
    vi.stubEnv('LEAN_FUZZ_CACHE', cache);
    onTestFinished(() => void vi.unstubAllEnvs());
    // Killed between making and renaming: what it made has the names that it has here.
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.renameSync = () => process.kill(process.pid, 'SIGKILL');
      syncBuiltinESMExports();
      const { keepIfPossible } = await import(${JSON.stringify(join(packageRoot, 'dist/util/cache-folder.js'))});
      keepIfPossible(${JSON.stringify(join(cache, 'code-maps', '00aa.json'))}, '{}');`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(signal).toBe('SIGKILL');
    expect(readdirSync(join(cache, 'code-maps'))).toEqual([expect.stringMatching(/^00aa\.json\..*tmp$/)]);
    keepIfPossible(join(cache, 'code-maps', '00bb.json'), '{}');
    const { pid } = spawnSync('true');
    mkdirSync(join(cache, 'core', `core-00cc.${hostname()}.${pid}.tmp`), { recursive: true });
    await sweepCache();
    expect(readdirSync(join(cache, 'code-maps'))).toEqual(['00bb.json']);
    expect(readdirSync(join(cache, 'core'))).toEqual([]);
  });

  it('leaves nothing where it could not be filled', async () => {
    const cache = temporaryFolder();
    const failing = publish(join(cache, 'library-00bb'), () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(readdirSync(cache)).toEqual([]);
  });
});
