import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { addon } from '../../src/native/addon.js';
import { descendantsOf } from '../support/processes.js';
import { smallRegion } from '../support/regions.js';
import { temporaryFolder } from '../support/temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

/** A package whose module is a pipe that nobody writes to: who reads it hangs. */
function hangingPackage(): { cache: string } {
  const [folder, cache] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  for (const name of ['lean.js', 'lean.wasm', 'lean-lib.tar.gz'])
    execFileSync('mkfifo', [join(folder, name)]);
  vi.stubEnv('LEAN_FUZZ_LEAN_PACKAGE', folder);
  vi.stubEnv('LEAN_FUZZ_CACHE', cache);
  return { cache };
}

describe('a boot that makes no progress', () => {
  it('is ended in one line that says where it stood, and leaves no process', async () => {
    hangingPackage();
    const before = descendantsOf(process.pid).map(({ pid }) => pid);
    await expect(
      ZygoteProcess.start(smallRegion(), defaultZygoteOptions, { patienceMillis: 2000 }),
    ).rejects.toThrow(
      /^embedded Lean: no progress for \d+(\.\d+)? s while preparing Lean: checking lean.js$/,
    );
    const left = descendantsOf(process.pid).filter(({ pid }) => !before.includes(pid));
    expect(left).toEqual([]);
  });

  it('waits for another process that prepares as long as that one goes on', async () => {
    const { cache } = hangingPackage();
    mkdirSync(cache, { recursive: true });
    const lock = join(cache, 'prepare.lock');
    addon().lockFile(lock, true);
    let touches = 0;
    const timer = setInterval(() => {
      if (++touches < 30) utimesSync(lock, touches, touches);
    }, 150);
    await expect(
      ZygoteProcess.start(smallRegion(), defaultZygoteOptions, { patienceMillis: 2000 }),
    ).rejects.toThrow(
      /no progress for .* while preparing Lean: waiting for another process that prepares Lean/,
    );
    clearInterval(timer);
    // Longer than its patience: the other was seen to work.
    expect(touches).toBeGreaterThan(29);
  });
});
