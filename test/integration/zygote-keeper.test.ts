import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { ZygoteKeeper } from '../../src/campaign/supervise/zygote-keeper.js';
import { defaultLimits, ExecutorClient } from '../../src/execute/client/executor-client.js';
import { importsOf } from '../../src/execute/native/core-library.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { encode } from '../../src/ir/encode.js';
import { sort } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { addonPath } from '../../src/native/addon.js';
import { header, workerSlot } from '../../src/share/layout.js';
import type { SharedRegion } from '../../src/share/region.js';
import { linkedLean, nativeLean } from '../support/native-lean.js';
import { eventually, survivors } from '../support/processes.js';
import { smallRegion } from '../support/regions.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('zygotes that are replaced');
const words = encode([{ kind: 'axiom', name: 'A', levelParams: [], type: sort(one), unsafe: false }]);

interface Kept {
  readonly region: SharedRegion;
  readonly failures: string[];
  /** Has an axiom declared by the executor of the first slot. */
  readonly ask: () => Promise<void>;
  /** Kills the zygote and waits until another one serves, or none is to. */
  readonly kill: () => Promise<void>;
}

/** A native Lean with a keeper, and a worker in its first slot, which is at work. */
async function kept(lean: NativeLean, options: Partial<ZygoteOptions> = {}): Promise<Kept> {
  const region = smallRegion({ requestBytes: 1 << 20, responseBytes: 1 << 20 });
  const failures: string[] = [];
  const keeper = await ZygoteKeeper.start(
    region,
    { ...defaultZygoteOptions, native: lean, ...options },
    () => undefined,
    (error) => failures.push(error.message),
    {},
    new AbortController().signal,
  );
  onTestFinished(() => keeper.stop());
  const client = new ExecutorClient(region, 0, defaultLimits);
  const ask = async (): Promise<void> => {
    const job = { level: 'kernel', steps: [{ kind: 'declaration', words }], claims: [] } as const;
    expect(await client.run([job])).toMatchObject([
      { end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] },
    ]);
  };
  await ask();
  const kill = async (): Promise<void> => {
    const former = region.load(header.zygote_pid);
    process.kill(former, 'SIGKILL');
    await eventually('it is replaced or refused', () => {
      const isReplaced = region.load(header.zygote_pid) !== former;
      return isReplaced || failures.length > 0;
    });
    expect(await survivors([former])).toEqual([]);
  };
  return { region, failures, ask, kill };
}

describe.skipIf(native === undefined)('a zygote that dies during a campaign', () => {
  const real = native as NativeLean;

  it('is replaced without a trial, which would take the slot of a worker', async () => {
    const { region, failures, ask, kill } = await kept(real);
    const wanted = (): number => region.load(region.slot(0) + workerSlot.executor_wanted);
    const [asked, forks] = [wanted(), region.load(header.forks)];
    await kill();
    await ask();
    // One executor, for the worker that asked.
    expect([wanted(), region.load(header.forks)]).toEqual([asked + 1, forks + 1]);
    await expect(startZygote(region, { ...defaultZygoteOptions, native: real })).rejects.toThrow(
      'in a region that workers use already',
    );
    await ask();
    expect(wanted()).toBe(asked + 1);
    expect(failures).toEqual([]);
  });

  it.each([
    [
      'away',
      (lean: NativeLean) => rmSync(lean.path),
      /expected the library that was there before \(ENOENT[^\n]*$/,
    ],
    [
      'another one',
      (lean: NativeLean) => {
        rmSync(lean.path);
        writeFileSync(lean.path, readFileSync(addonPath()));
      },
      /with SHA-256 [0-9a-f]{12}", expected the library that was there before, with efef27df56f2$/,
    ],
  ])('is not replaced where its library is %s by now, which nobody minds before', async (_, change, line) => {
    const lean = await linkedLean(real);
    const { failures, ask, kill } = await kept(lean);
    change(lean);
    await ask();
    await kill();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(line);
    expect(failures[0]?.startsWith(`native Lean (${lean.name}): got "${lean.path}`)).toBe(true);
  });

  it('can be another folder of the same Lean by then', async () => {
    const lean = await linkedLean(real);
    const { failures, ask, kill } = await kept(lean);
    const folder = dirname(lean.path);
    renameSync(folder, `${folder}-away`);
    renameSync((await linkedLean(real)).root, folder);
    await kill();
    await ask();
    expect(failures).toEqual([]);
  });

  it.skipIf(native?.hasOleans)(
    'compiles its core library again where the cache went, or lost it, meanwhile',
    async () => {
      const cache = temporaryFolder();
      vi.stubEnv('LEAN_FUZZ_CACHE', cache);
      onTestFinished(() => void vi.unstubAllEnvs());
      const imports = await importsOf(real);
      const { failures, ask, kill } = await kept(real, { imports });
      rmSync(join(cache, 'core'), { recursive: true });
      await kill();
      await ask();
      rmSync(join(imports.folder, `${imports.module}.olean`));
      await kill();
      await ask();
      expect(failures).toEqual([]);
    },
  );
});
