import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { importsOf } from '../../src/execute/native/core-library.js';
import { leanFuzz, Running, summaryOf } from '../support/campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { commandOf, eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('a cache without room for the core library');

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(native === undefined || native.hasOleans)('the core library of a native Lean', () => {
  const real = native as NativeLean;

  it('is refused in one line where the cache is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const folder = temporaryFolder();
    const ended = await leanFuzz(
      ['--lean', real.root, '--level', 'source', '--runs', '1', '--campaign', 'c'],
      {
        cwd: folder,
        environment: { LEAN_FUZZ_CACHE: join(file, 'cache') },
      },
    );
    expect(ended.stderr).toMatch(
      /^lean-fuzz: cache folder: got "[^\n]*ENOTDIR[^\n]*", expected room for [^\n]+\n$/,
    );
    expect(ended.code).toBe(78);
    expect(readdirSync(folder)).not.toContain('c');
  });

  it('is given up at the first Ctrl-C, also where its compiler is stopped, and nothing of it stays', async () => {
    const [folder, cache] = [temporaryFolder(), temporaryFolder()];
    const args = ['--json', '--lean', real.root, '--cores', '1', '--campaign', 'c', '--solutions', 's'];
    const running = new Running(args, { cwd: folder, environment: { LEAN_FUZZ_CACHE: cache } });
    const compilers = (): number[] =>
      running.family().all.filter((pid) => commandOf(pid).includes('--compile'));
    await eventually('it is compiled', () => compilers().length > 0 || running.hasEnded);
    const [compiler = 0] = compilers();
    process.kill(compiler, 'SIGSTOP');
    expect(readdirSync(join(cache, 'core'))).toHaveLength(1);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'signal', candidates: 0 });
    expect(await survivors([compiler])).toEqual([]);
    expect(readdirSync(join(cache, 'core'))).toEqual([]);
    expect(readdirSync(join(folder, 'c'))).not.toContain('join.sock');
  });

  it('is refused in one line where there is no room, and leaves nothing half made', async () => {
    const folder = temporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=755', 'tmpfs', folder]);
    if (mounted.status !== 0) {
      console.warn('LEFT OUT: a cache without room: this user may not mount a small file system');
      return;
    }
    onTestFinished(() => void spawnSync('umount', ['-l', folder]));
    vi.stubEnv('LEAN_FUZZ_CACHE', folder);
    const problem = await importsOf(real).then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    );
    expect(problem).toMatch(
      /^cache folder: got "[^\n]*(ENOSPC|failed to write)[^\n]*", expected room for [^\n]+$/,
    );
    expect(readdirSync(join(folder, 'core'))).toEqual([]);
  });
});
